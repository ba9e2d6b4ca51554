// A scenario as a TOML file: what differs from a built-in scenario.  docs of the keys: every
// member of Scenario, Connection, OauthSettings, RateLimits, Gaps, Forced and the error table has
// a key of its name.  Errors are one line "FILE:LINE: ..." that names the allowed keys (kUsage).
//
//   base = "working"                  # begin with this built-in scenario
//   description = "..."
//   denied = ["trips.create"]         # operations
//   undocumented = ["trips.rfqs"]     # or ["all"]
//   [connection]                      # avitype buyer seller end_client company_access
//   [oauth]                           # enabled method told_method
//   [rate_limit]                      # per_hour per_second burst used_at_start used_seconds_ago
//   [gaps]                            # see gaps.h
//   [errors.company_access]           # status code title; names in errors.cpp
//   [[force]]                         # operation method path after times, then the answer:
//                                     # error | status code title body content_type | action; delay_ms
#pragma once

#include <string>
#include <string_view>

#include "cvr/result.h"
#include "sandbox/scenario.h"

namespace cvr::sandbox {

// `name` stands in error texts and is the scenario's name.
Result<Scenario> parse_scenario(std::string_view toml_text, const std::string& name);

// The argument of --scenario: a built-in name, else the path of a file (at most 1 MiB).
Result<Scenario> open_scenario(const std::string& name_or_path);

}  // namespace cvr::sandbox
