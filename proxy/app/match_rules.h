// What users write about matching: `[match]` in cvr.toml, or a file of its own (--match FILE).
//
//   [match]                                     every request
//   method = "any"          host, credentials the same: "exact" (default) or "any"
//   path = "regex:^/v[12]/(.*)$"                exact, any, regex:PATTERN
//   query = "set"           exact (order counts), set (default), any; or a table of names:
//   query = { ts = "any", page = "number:1", "*" = "set" }
//   body = "auto"           exact, json, form, multipart, any
//   json = { sentAt = "any", "/tags" = "set", "/legs/*/price" = "number:0.5" }
//   form = { nonce = "any" }
//   headers = { x-tenant = "exact" }            or ["x-tenant"]
//
//   [[match.routes]]                            the same words for requests of one route, over [match]
//   route = "POST /trips/*"                     METHOD or *, then a path; '*' in a segment, '**' any text
//
// Comparisons are match_rules.h's.  Errors (kUsage) are "FILE:LINE: what is wrong and what is allowed".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/config.h"
#include "base/toml_tree.h"
#include "cvr/match_rules.h"

namespace cvr::app {

// Lays the value of the key `match` over `rules`, and finishes them.
Result<void> read_match_rules(const TomlNode& node, const std::string& path, match::MatchRules& rules);

// The rules that hold: the profile's, those of cvr.toml ([match]), then each of `files`.  A file that can
// not be read is kEnvironment.
Result<match::MatchRules> load_match_rules(const profiles::Profile& profile, const Config& config,
                                           const std::vector<std::string>& files);

// A file: the key `match` alone, or a whole cvr.toml, of which only that counts.
Result<void> parse_match_file(std::string_view text, const std::string& path, match::MatchRules& rules);

}  // namespace cvr::app
