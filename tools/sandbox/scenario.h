// A scenario: everything in which one run of the stand-in differs from another.  Built-in ones are
// a table in scenario.cpp; a user's own is a TOML file (scenario_file.h).  Plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cvr/result.h"
#include "sandbox/errors.h"
#include "sandbox/gaps.h"
#include "sandbox/rate_limit.h"

namespace cvr::sandbox {

enum class Action : std::uint8_t {
  kRespond,
  kReset,  // the connection is reset, nothing is sent
  kClose,  // the connection is closed in order, nothing is sent
};

// What an API connection may do (FACTS sections 4.1 and 5.2).
struct Connection {
  std::int64_t avitype = 16;  // 15 was refused on buyer operations with 401
  bool buyer = true;
  bool seller = false;         // GET /rfqs, submitQuote, decline
  bool end_client = false;     // POST /searches
  bool company_access = true;  // false: AUTHENTICATION_COMPANY_ACCESS on all company data
};

inline constexpr std::string_view kOauthMethods[] = {"client_secret_basic", "client_secret_post", "client_secret_jwt"};

struct OauthSettings {
  bool enabled = true;
  std::string method = "client_secret_post";  // the one that works
  std::string told_method;                    // what the client was told; empty: the same
};

// A rule that answers before anything else looks at the request.
struct Forced {
  std::string operation;   // "trips.create"; empty: any
  std::string method;      // empty: any
  std::string path;        // prefix of the path; empty: any
  std::int64_t after = 0;  // leave so many matching requests alone first
  std::int64_t times = 0;  // then answer so many; 0: all
  // The answer: a network action, or a row of the catalogue, or status with code and title or body.
  Action action = Action::kRespond;
  std::int64_t delay_ms = 0;
  std::optional<ErrorKind> error;
  std::int64_t status = 0;  // 0 without error and action: only the delay
  std::string code, title;
  std::string body;  // instead of code and title
  std::string content_type = "application/json";
};

struct Scenario {
  std::string name = "working";
  std::string description;
  bool hand_out_old_credentials = false;  // those of before the weekly rebuild
  bool static_token_expired = false;      // server-side: the token itself does not tell
  bool outage = false;
  std::vector<std::string> denied;        // operations answered with not_authorized
  std::vector<std::string> undocumented;  // operations of FACTS 5.2 that shall exist; "all"
  Connection connection;
  OauthSettings oauth;
  RateLimits rate_limit;
  Gaps gaps;
  Catalogue errors = default_catalogue();
  std::vector<Forced> forced;
};

struct ScenarioLine {
  std::string_view name;
  std::string_view description;
};
const std::vector<ScenarioLine>& built_in_scenarios();
std::optional<Scenario> find_scenario(std::string_view name);

}  // namespace cvr::sandbox
