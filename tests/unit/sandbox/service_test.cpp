#include "sandbox/service.h"

#include "http/codings.h"
#include "sandbox/timestamps.h"
#include "unit/sandbox/client.h"

namespace cvr::sandbox {
namespace {

using test::Client;
using test::Outcome;

constexpr const char* kAirports = "/api/airports/search?filter=KTEB";

std::string bytes_of(const Reply& reply) {
  std::string out = std::to_string(reply.response.status) + reply.response.reason;
  for (const http::Field& field : reply.response.fields) out += '\n' + field.name + ": " + field.value;
  return out + "\n\n" + reply.response.body;
}

TEST(Service, HeadersOfAnswers) {
  Client client;
  const Outcome outcome = client.get(kAirports);
  EXPECT_EQ(outcome.header("Content-Type"), "application/json");
  EXPECT_EQ(outcome.header("Date"), "Tue, 17 Mar 2026 10:00:00 GMT");
  EXPECT_EQ(outcome.header("X-Request-Id").size(), 36u);
  EXPECT_EQ(outcome.header("Server"), "cvr-sandbox");
  EXPECT_EQ(outcome.header("X-Rate-Limit-Limit"), "3600");
  EXPECT_EQ(outcome.header("X-Rate-Limit-Remaining"), "599");
  EXPECT_EQ(outcome.header("Content-Length"), std::to_string(outcome.reply.response.body.size()));
  EXPECT_EQ(outcome.reply.response.reason, "OK");
  EXPECT_NE(client.get(kAirports).header("X-Request-Id"), outcome.header("X-Request-Id"));
}

TEST(Service, HeadersThatMayNotExistCanBeOff) {
  Client client(
      test::scenario("[gaps]\nrequest_id_header = \"\"\nserver_header = \"\"\nrate_limit_headers_always = false"));
  for (const char* name : {"X-Request-Id", "Server", "X-Rate-Limit-Limit"}) {
    EXPECT_EQ(client.get(kAirports).header(name), "") << name;
  }
}

TEST(Service, HeadIsGetWithoutTheBody) {
  Client client;
  const Outcome get = client.get(kAirports);
  const Outcome head = client.send(client.request("HEAD", kAirports));
  EXPECT_EQ(head.status(), 200);
  EXPECT_TRUE(head.reply.response.body.empty());
  EXPECT_EQ(head.header("Content-Length"), get.header("Content-Length"));
}

TEST(Service, Gzip) {
  Client client;
  http::Request request = client.request("GET", kAirports);
  const std::string plain = client.send(request).reply.response.body;
  test::set_field(request, "Accept-Encoding", "gzip, deflate");
  const Outcome packed = client.send(request);
  EXPECT_EQ(packed.header("Content-Encoding"), "gzip");
  EXPECT_EQ(http::decode_body(packed.reply.response.body, {"gzip"}, 1 << 20).value(), plain);
  EXPECT_EQ(packed.header("Content-Length"), std::to_string(packed.reply.response.body.size()));
}

TEST(Service, UnknownMethodsAndPaths) {
  Client client;
  const Outcome unknown = client.get("/api/nope");
  EXPECT_EQ(unknown.status(), 404);
  EXPECT_EQ(unknown.reply.response.body,
            R"({"meta":{"errors":[{"title":"Not found","code":"NOT_FOUND"}],"warnings":[],"infos":[]}})");
  const Outcome method = client.send(client.request("DELETE", "/api/trips/atrip-1"));
  EXPECT_EQ(method.status(), 405);
  EXPECT_EQ(method.header("Allow"), "GET, HEAD, PUT");
  http::Request outside;
  outside.method = "GET";
  for (const char* path : {"/", "*", "", "/api", "/marketplace/mvc/search/load/atrip-1"}) {
    outside.path = path;
    EXPECT_EQ(client.send(outside).status(), 404) << path;
  }
  outside.path = "/api/trips/atrip-1";  // without credentials there is no telling what exists
  EXPECT_EQ(client.send(outside).status(), 400);
}

TEST(Service, SameSeedAndClockSameBytes) {
  Client one, two, other(Scenario{}, 8);
  for (int i = 0; i < 3; ++i) {
    for (Client* client : {&one, &two, &other}) client->now += test::kSecond;
    EXPECT_EQ(bytes_of(one.get(kAirports).reply), bytes_of(two.get(kAirports).reply));
    const Outcome first = one.post("/api/trips", test::trip_body());
    EXPECT_EQ(bytes_of(first.reply), bytes_of(two.post("/api/trips", test::trip_body()).reply));
    EXPECT_NE(first.text("/data/id"), other.post("/api/trips", test::trip_body()).text("/data/id"));
    const std::string target = "/api/trips/" + first.text("/data/id");
    EXPECT_EQ(bytes_of(one.get(target).reply), bytes_of(two.get(target).reply));
  }
  EXPECT_EQ(one.credentials, two.credentials);
  EXPECT_NE(one.credentials.api_token, other.credentials.api_token);
}

TEST(Service, TheWeeklyRebuildTakesEverything) {
  Client client;
  const std::string trip = "/api/trips/" + client.post("/api/trips", test::trip_body()).text("/data/id");
  client.now = test::at("2026-03-23T05:59:59Z");
  EXPECT_EQ(client.get(trip).status(), 200);
  client.now = test::at("2026-03-23T06:00:00Z");
  EXPECT_EQ(client.get(trip).status(), 401);
  EXPECT_EQ(client.service.old_credentials(), client.credentials);
  client.credentials = client.service.valid_credentials();
  EXPECT_EQ(client.get(trip).code(), "NOT_FOUND");
  EXPECT_EQ(client.get(kAirports).status(), 200);
}

TEST(Service, CredentialsMaySurviveTheRebuild) {
  Client client(test::scenario("[gaps]\ncredentials_survive_rebuild = true"));
  const std::string trip = "/api/trips/" + client.service.samples().trip_id;
  EXPECT_EQ(client.get(trip).status(), 200);
  client.now += 7 * test::kDay;
  EXPECT_EQ(client.get(trip).status(), 404);
}

TEST(Service, TheRebuildMayBeADowntime) {
  Client client(test::scenario("[gaps]\nunavailable_during_rebuild = true"));
  client.now = test::at("2026-03-23T07:00:00Z");
  client.credentials = client.service.valid_credentials();
  EXPECT_EQ(client.get(kAirports).status(), 503);
  client.now = test::at("2026-03-23T08:00:00Z");
  client.credentials = client.service.valid_credentials();
  EXPECT_EQ(client.get(kAirports).status(), 200);
}

TEST(Service, WhatConnectionsMayDo) {
  const auto code = [](const char* toml, const char* method, const std::string& target, const char* body = "") {
    Client client(test::scenario(toml));
    const Outcome outcome = client.send(client.request(method, target, body));
    return std::to_string(outcome.status()) + ' ' + outcome.code();
  };
  EXPECT_EQ(code("", "GET", "/api/rfqs"), "403 NOT_AUTHORIZED");  // a buyer's, by default
  EXPECT_EQ(code("[connection]\nseller = true", "GET", "/api/rfqs"), "200 (none)");
  EXPECT_EQ(code("", "POST", "/api/tripmsgs/arfq-1/decline", "{}"), "403 NOT_AUTHORIZED");
  EXPECT_EQ(code("", "POST", "/api/searches", "{}"), "403 AUTHORIZATION_PERMISSIONS");
  EXPECT_EQ(code("[connection]\nend_client = true", "POST", "/api/searches", "{}"), "201 (none)");
  EXPECT_EQ(code("[connection]\ncompany_access = false", "GET", "/api/trips/atrip-1"),
            "403 AUTHENTICATION_COMPANY_ACCESS");
  EXPECT_EQ(code("[connection]\navitype = 15", "GET", "/api/trips/atrip-1"), "401 ERR_INPUT_GENERIC_INVALID");
  EXPECT_EQ(code("[connection]\navitype = 15", "GET", kAirports), "200 (none)");
  EXPECT_EQ(code("[connection]\nbuyer = false", "GET", "/api/trips/atrip-1"), "403 NOT_AUTHORIZED");
  EXPECT_EQ(code("[connection]\nbuyer = false", "GET", "/api/quotes/aquote-1"), "403 NOT_AUTHORIZED");
  EXPECT_EQ(code("denied = [\"airports.search\"]", "GET", kAirports), "403 NOT_AUTHORIZED");
  EXPECT_EQ(code("[gaps]\nact_as_account_required = true", "GET", "/api/trips/atrip-1"), "403 NOT_AUTHORIZED");
}

TEST(Service, ActAsAccountCanBeTheDifference) {
  Client client(test::scenario("[gaps]\nact_as_account_required = true"));
  http::Request request = client.request("GET", "/api/trips/" + client.service.samples().trip_id);
  EXPECT_EQ(client.send(request).status(), 403);
  test::set_field(request, "X-Avinode-ActAsAccount", client.credentials.act_as_account);
  EXPECT_EQ(client.send(request).status(), 200);
}

TEST(Service, RateLimitCountsAuthenticatedCallsOnly) {
  Client client(test::scenario("[rate_limit]\nburst = 1"));
  http::Request bare = client.request("GET", kAirports);
  test::drop_field(bare, "Authorization");
  for (int i = 0; i < 5; ++i) EXPECT_EQ(client.send(bare).status(), 401);
  EXPECT_EQ(client.get(kAirports).status(), 200);
  const Outcome refused = client.get(kAirports);
  EXPECT_EQ(refused.status(), 429);
  EXPECT_EQ(refused.header("X-Rate-Limit-Reset"), "1");
  client.now += test::kSecond;
  EXPECT_EQ(client.get(kAirports).status(), 200);
}

TEST(Service, HugeBodiesAreRefused) {
  Client client;
  EXPECT_EQ(client.post("/api/trips", std::string(kMaxBody + 1, ' ')).status(), 413);
  EXPECT_EQ(client.post("/api/trips", std::string(kMaxBody, ' ')).status(), 400);
}

TEST(Service, OddClocks) {
  for (const std::int64_t now : {std::int64_t{0}, std::int64_t{-test::kDay}, test::at("9999-12-31T23:59:59Z")}) {
    Client client;
    client.now = now;
    EXPECT_EQ(client.get(kAirports).status(), 401);
    client.credentials = client.service.valid_credentials();
    EXPECT_EQ(client.get(kAirports).status(), 200);
  }
}

}  // namespace
}  // namespace cvr::sandbox
