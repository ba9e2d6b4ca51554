#include "sandbox/scenario.h"

#include "sandbox/routes.h"
#include "unit/sandbox/client.h"

namespace cvr::sandbox {
namespace {

using test::Client;
using test::Outcome;

Client client_of(std::string_view name) { return Client(find_scenario(name).value()); }
constexpr const char* kAirports = "/api/airports/search?filter=KTEB";

TEST(Scenarios, TheTableIsComplete) {
  std::vector<std::string> names;
  for (const ScenarioLine& line : built_in_scenarios()) {
    names.emplace_back(line.name);
    ASSERT_TRUE(find_scenario(line.name));
    EXPECT_EQ(find_scenario(line.name)->name, line.name);
    EXPECT_FALSE(line.description.empty());
    const Scenario found = find_scenario(line.name).value();
    for (const std::string& operation : found.denied) EXPECT_TRUE(is_operation(operation)) << operation;
  }
  EXPECT_EQ(names, (std::vector<std::string>{"working", "after-reset", "expired-token", "wrong-oauth-method",
                                             "permission-lost", "rate-limited", "outage"}));
  EXPECT_FALSE(find_scenario("nonsense"));
}

TEST(Scenarios, Working) {
  Client client = client_of("working");
  EXPECT_EQ(client.get(kAirports).status(), 200);
  EXPECT_EQ(client.post("/api/trips", test::trip_body()).status(), 201);
}

TEST(Scenarios, AfterReset) {
  Client client = client_of("after-reset");
  const Outcome refused = client.get(kAirports);
  EXPECT_EQ(refused.status(), 401);
  EXPECT_EQ(refused.code(), "ERR_INPUT_GENERIC_INVALID");
  EXPECT_EQ(refused.title(), "Invalid value for header: Authorization");
  EXPECT_EQ(client.credentials, client.service.old_credentials());

  client.credentials = client.service.valid_credentials();  // a new key was made on the website
  EXPECT_EQ(client.get(kAirports).status(), 200);
  EXPECT_EQ(client.get("/api/trips/" + client.service.old_samples().trip_id).code(), "NOT_FOUND");
  EXPECT_EQ(client.get("/api/rfqs/" + client.service.old_samples().rfq_id).status(), 404);
  EXPECT_EQ(client.get("/api/trips/" + client.service.samples().trip_id).status(), 200);
}

TEST(Scenarios, OldCredentialsAreThoseOfLastWeek) {
  Options options;
  options.seed = 7;
  options.started_utc_us = test::tuesday() - 7 * test::kDay;
  EXPECT_EQ(Service(options).valid_credentials(), client_of("after-reset").service.old_credentials());
  EXPECT_EQ(Service(options).samples().trip_id, client_of("after-reset").service.old_samples().trip_id);
}

TEST(Scenarios, ExpiredToken) {
  Client client = client_of("expired-token");
  EXPECT_EQ(client.get(kAirports).status(), 401);
  http::Request request = client.token_request(
      "grant_type=client_credentials&client_id=" + client.credentials.client_id + "&client_secret=");
  for (const char c : client.credentials.client_secret)
    request.body += c == '+' ? std::string("%2B") : std::string(1, c);
  client.credentials.bearer_token = client.send(request).text("/access_token");
  EXPECT_EQ(client.get(kAirports).status(), 200);
}

TEST(Scenarios, WrongOauthMethod) {
  Client client = client_of("wrong-oauth-method");
  EXPECT_EQ(client.credentials.oauth_method, "client_secret_post");
  const Outcome refused =
      client.token("grant_type=client_credentials&client_id=" + client.credentials.client_id + "&client_secret=x");
  EXPECT_EQ(refused.text("/errorDetails/0/code"), "invalid_client_secret_post");
  EXPECT_EQ(client.get(kAirports).status(), 200);  // the static pair works
}

TEST(Scenarios, PermissionLost) {
  Client client = client_of("permission-lost");
  EXPECT_EQ(client.get(kAirports).status(), 200);
  EXPECT_EQ(client.get("/api/aircrafttypes").status(), 200);
  const Outcome refused = client.post("/api/trips", test::trip_body());
  EXPECT_EQ(refused.status(), 403);
  EXPECT_EQ(refused.code(), "NOT_AUTHORIZED");
  EXPECT_EQ(client.get("/api/trips/" + client.service.samples().trip_id).status(), 403);
}

TEST(Scenarios, RateLimited) {
  Client client = client_of("rate-limited");
  const Outcome refused = client.get(kAirports);
  EXPECT_EQ(refused.status(), 429);
  EXPECT_EQ(refused.header("X-Rate-Limit-Limit"), "3600");
  EXPECT_EQ(refused.header("X-Rate-Limit-Remaining"), "0");
  EXPECT_EQ(refused.header("X-Rate-Limit-Reset"), "60");
  client.now += 60 * test::kSecond;
  EXPECT_EQ(client.get(kAirports).status(), 200);
}

TEST(Scenarios, Outage) {
  Client client = client_of("outage");
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(client.get(kAirports).status(), 503);
    EXPECT_EQ(client.get(kAirports).code(), "ERR_INTERNAL_CRITICAL");
    EXPECT_EQ(client.get(kAirports).reply.action, Action::kReset);
    EXPECT_EQ(client.get(kAirports).reply.action, Action::kClose);
    EXPECT_EQ(client.get(kAirports).reply.delay_ms, 2'000);
  }
  EXPECT_EQ(client.token("").status(), 503);
}

}  // namespace
}  // namespace cvr::sandbox
