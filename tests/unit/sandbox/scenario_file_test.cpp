#include "sandbox/scenario_file.h"

#include "unit/sandbox/client.h"

namespace cvr::sandbox {
namespace {

using test::Client;

std::string error_of(std::string_view text) {
  const auto parsed = parse_scenario(text, "my.toml");
  return parsed ? "(parsed)" : parsed.error().text;
}

TEST(ScenarioFile, SetsEverything) {
  const Scenario made = test::scenario(R"(
base = "expired-token"
description = "mine"
outage = true
denied = ["trips.create"]
undocumented = ["trips.rfqs", "all"]
[connection]
avitype = 15
seller = true
[oauth]
method = "client_secret_jwt"
told_method = "client_secret_basic"
[rate_limit]
per_hour = 5
burst = 2
[gaps]
timestamp_window_s = 9
ids_without_prefix = true
request_id_header = ""
[errors.company_access]
status = 401
code = "X"
[[force]]
operation = "trips.read"
error = "locked"
after = 1
times = 2
[[force]]
path = "/api/rfqs"
action = "reset"
[[force]]
delay_ms = 5
)");
  EXPECT_EQ(made.name, "test.toml");
  EXPECT_TRUE(made.static_token_expired);
  EXPECT_TRUE(made.outage);
  EXPECT_EQ(made.denied, std::vector<std::string>{"trips.create"});
  EXPECT_EQ(made.connection.avitype, 15);
  EXPECT_TRUE(made.connection.seller && made.connection.buyer);
  EXPECT_EQ(made.oauth.method, "client_secret_jwt");
  EXPECT_EQ(made.rate_limit.per_hour, 5);
  EXPECT_EQ(made.gaps.timestamp_window_s, 9);
  EXPECT_TRUE(made.gaps.request_id_header.empty());
  EXPECT_EQ(row(made.errors, ErrorKind::kCompanyAccess).status, 401);
  EXPECT_EQ(row(made.errors, ErrorKind::kCompanyAccess).code, "X");
  ASSERT_EQ(made.forced.size(), 3u);
  EXPECT_EQ(made.forced[0].error, ErrorKind::kLocked);
  EXPECT_EQ(made.forced[1].action, Action::kReset);
  EXPECT_EQ(made.forced[2].delay_ms, 5);
}

TEST(ScenarioFile, ErrorsNameFileLineAndAllowedKeys) {
  EXPECT_EQ(error_of("\n[connection]\navitipe = 15"),
            "my.toml:3: unknown key 'avitipe' in [connection], did you mean 'avitype'?; allowed: avitype, buyer, "
            "seller, end_client, company_access");
  EXPECT_EQ(error_of("[oauth]\nmethod = \"x\""),
            "my.toml:2: 'method' can not be 'x'; allowed: client_secret_basic, client_secret_post, client_secret_jwt");
  EXPECT_EQ(error_of("\n\noutage = 1"), "my.toml:3: 'outage' must be true or false");
  EXPECT_EQ(error_of("[errors.not_found]\nstatus = 42"), "my.toml:2: 'status' must be a whole number from 200 to 599");
  EXPECT_EQ(error_of("[rate_limit]\nburst = 1.5"), "my.toml:2: 'burst' must be a whole number from 0 to 1000000");
  EXPECT_EQ(error_of("denied = [1]"), "my.toml:1: 'denied' must be a list of texts");
  EXPECT_TRUE(error_of("bogus = 1").starts_with("my.toml:1: unknown key 'bogus' in the scenario; allowed: base, "));
  EXPECT_TRUE(
      error_of("[gaps]\nx = 1").starts_with("my.toml:2: unknown key 'x' in [gaps]; allowed: timestamp_window_s, "));
  EXPECT_TRUE(
      error_of("[[force]]\nx = 1").starts_with("my.toml:2: unknown key 'x' in [[force]]; allowed: operation, "));
  EXPECT_TRUE(error_of("[errors.nope]\nstatus = 400").starts_with("my.toml:1: [errors.NAME] needs one of"));
  EXPECT_TRUE(
      error_of("base = \"nope\"").starts_with("my.toml:1: 'base' must be a built-in scenario; allowed: working, "));
  EXPECT_TRUE(error_of("denied = [\"trips.fly\"]")
                  .starts_with("my.toml:1: unknown operation in 'denied'; allowed: trips.create, "));
  EXPECT_TRUE(
      error_of("[[force]]\noperation = \"trips.fly\"\nstatus = 500").starts_with("my.toml:1: unknown operation"));
  EXPECT_TRUE(
      error_of("[[force]]\nerror = \"nope\"").starts_with("my.toml:1: unknown error; allowed: missing_header, "));
  EXPECT_EQ(error_of("[[force]]\nerror = \"locked\"\nstatus = 500"),
            "my.toml:1: [[force]] takes one of 'error', 'status' and 'action'");
  EXPECT_EQ(error_of("[[force]]\npath = \"/\""),
            "my.toml:1: [[force]] needs one of 'error', 'status', 'action' and 'delay_ms'");
}

TEST(ScenarioFile, RefusesHostileFiles) {
  EXPECT_TRUE(error_of("a = = 1").starts_with("my.toml:1: "));
  EXPECT_TRUE(error_of("\n\n[").starts_with("my.toml:"));
  EXPECT_NE(error_of("x = " + std::string(10'000, '[')), "(parsed)");
  EXPECT_NE(error_of(std::string("a\0b", 3)), "(parsed)");
  for (const char* text :
       {"connection = 1", "gaps = []", "errors = 3", "errors.not_found = 3", "force = 1", "force = [1]", "base = 1",
        "undocumented = \"all\"", "denied = [\"all\"]", "[gaps]\nserver_header = \"a\\r\\nb: c\"",
        "[gaps]\nrequest_id_header = \"a b\"", "[[force]]\nstatus = 200\ncontent_type = \"a\\nb\"",
        "[[force]]\nstatus = 100", "[gaps]\nsoft_error_status = 500", "[oauth]\nmethod = 1",
        "[[force]]\naction = \"explode\""}) {
    EXPECT_NE(error_of(text), "(parsed)") << text;
    EXPECT_TRUE(error_of(text).starts_with("my.toml:")) << error_of(text);
  }
  const std::string disarmed = error_of("\"\\u001b[31m\" = 1");
  EXPECT_EQ(disarmed.find('\x1b'), std::string::npos);
}

TEST(ScenarioFile, OpensByNameOrPath) {
  EXPECT_EQ(open_scenario("outage").value().name, "outage");
  const auto unknown = open_scenario("outtage");
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code, ErrorCode::kUsage);
  EXPECT_NE(unknown.error().text.find("scenarios: working, after-reset"), std::string::npos);
  const auto missing = open_scenario("./does-not-exist.toml");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::kEnvironment);
}

TEST(ScenarioFile, ChangesWhatTheServiceAnswers) {
  Client client(test::scenario("[connection]\ncompany_access = false\n[errors.company_access]\nstatus = 401"));
  EXPECT_EQ(client.get("/api/trips/atrip-1").status(), 401);
  EXPECT_EQ(client.get("/api/trips/atrip-1").code(), "AUTHENTICATION_COMPANY_ACCESS");
}

}  // namespace
}  // namespace cvr::sandbox
