#include "sandbox/headers.h"

#include "sandbox/timestamps.h"
#include "unit/sandbox/client.h"

namespace cvr::sandbox {
namespace {

using test::Client;
using test::Outcome;

constexpr const char* kTarget = "/api/airports/search?filter=KTEB";

TEST(Headers, MissingOnesAreNamed) {
  for (const char* name : {"X-Avinode-ApiToken", "X-Avinode-SentTimestamp"}) {
    Client client;
    http::Request request = client.request("GET", kTarget);
    test::drop_field(request, name);
    const Outcome outcome = client.send(request);
    EXPECT_EQ(outcome.status(), 400);
    EXPECT_EQ(outcome.code(), "ERR_INPUT_MISSING");
    EXPECT_EQ(outcome.title(), "The header '" + std::string(name) + "' is required");
    EXPECT_FALSE(outcome.has("/data"));
  }
}

TEST(Headers, TheTitleMayBeMissing) {
  Client client(test::scenario("[gaps]\nmissing_header_without_title = true"));
  http::Request request = client.request("GET", kTarget);
  test::drop_field(request, "X-Avinode-SentTimestamp");
  EXPECT_EQ(client.send(request).title(), "??? No message available ???");
  EXPECT_EQ(client.send(request).code(), "ERR_INPUT_MISSING");
}

TEST(Headers, WrongCredentialsAreUnauthorized) {
  Client client;
  const std::string good = client.credentials.bearer_token;
  for (const std::string& value :
       {std::string(), std::string("Bearer"), std::string("Bearer "), good, "Basic " + good, "Bearer Bearer " + good,
        "Bearer " + good.substr(0, good.size() - 1), "Bearer " + good + "x", std::string("Bearer e30.e30.e30"),
        "Bearer " + std::string(100'000, 'x')}) {
    http::Request request = client.request("GET", kTarget);
    test::set_field(request, "Authorization", value);
    const Outcome outcome = client.send(request);
    EXPECT_EQ(outcome.status(), 401) << value.substr(0, 20);
    EXPECT_EQ(outcome.code(), "ERR_INPUT_GENERIC_INVALID");
    EXPECT_EQ(outcome.title(), "Invalid value for header: Authorization");
  }
  http::Request cookie = client.request("GET", kTarget);
  test::drop_field(cookie, "Authorization");
  test::set_field(cookie, "Cookie", "AVI_JWT=" + good);
  EXPECT_EQ(client.send(cookie).status(), 401);
}

TEST(Headers, TheTwoTokensBelongTogether) {
  Client client, other(Scenario{}, 99);
  for (const std::string& token : {other.credentials.api_token, std::string("x"), client.credentials.api_token + " "}) {
    http::Request request = client.request("GET", kTarget);
    test::set_field(request, "X-Avinode-ApiToken", token);
    EXPECT_EQ(client.send(request).status(), 401) << token;
  }
}

TEST(Headers, SchemeAndNamesHaveNoCase) {
  Client client;
  http::Request request = client.request("GET", kTarget);
  for (http::Field& field : request.fields) field.name = http::to_lower(field.name);
  test::set_field(request, "authorization", "bearer " + client.credentials.bearer_token);
  EXPECT_EQ(client.send(request).status(), 200);
}

TEST(Headers, NothingElseIsRequired) {
  Client client;
  http::Request request = client.request("GET", kTarget);
  for (const char* name : {"X-Avinode-Product", "Accept", "Host"}) test::drop_field(request, name);
  EXPECT_EQ(client.send(request).status(), 200);
}

TEST(Headers, TwiceIsMalformed) {
  for (const char* name : {"X-Avinode-ApiToken", "Authorization", "x-avinode-senttimestamp"}) {
    Client client;
    http::Request request = client.request("GET", kTarget);
    request.fields.push_back({name, "x"});
    EXPECT_EQ(client.send(request).status(), 400) << name;
  }
}

TEST(Headers, TimestampsHaveAWindow) {
  Client client;
  const auto status = [&](std::int64_t offset_s) {
    http::Request request = client.request("GET", kTarget);
    test::set_field(request, "X-Avinode-SentTimestamp", format_timestamp(client.now + offset_s * test::kSecond));
    return client.send(request).status();
  };
  EXPECT_EQ(status(300), 200);
  EXPECT_EQ(status(-300), 200);
  EXPECT_EQ(status(301), 400);
  EXPECT_EQ(status(-301), 400);
}

TEST(Headers, TimestampsNeedAZone) {
  Client client;
  for (const char* text : {"2026-03-17T10:00:00", "now", "1773741600", "2026-03-17"}) {
    http::Request request = client.request("GET", kTarget);
    test::set_field(request, "X-Avinode-SentTimestamp", text);
    const Outcome outcome = client.send(request);
    EXPECT_EQ(outcome.status(), 400) << text;
    EXPECT_EQ(outcome.title(), "Invalid value for header: X-Avinode-SentTimestamp");
  }
  http::Request local = client.request("GET", kTarget);
  test::set_field(local, "X-Avinode-SentTimestamp", "2026-03-17T11:00:00+01:00");
  EXPECT_EQ(client.send(local).status(), 200);
}

TEST(Headers, TheWindowAndItsErrorAreConfigurable) {
  Client client(test::scenario(
      "[gaps]\ntimestamp_window_s = 10\n[errors.timestamp_window]\nstatus = 401\ncode = \"CLOCK\"\ntitle = \"late\""));
  http::Request request = client.request("GET", kTarget);
  client.now += 11 * test::kSecond;
  const Outcome outcome = client.send(request);
  EXPECT_EQ(outcome.status(), 401);
  EXPECT_EQ(outcome.code(), "CLOCK");
  EXPECT_EQ(outcome.title(), "late");
}

TEST(Headers, ContentTypeIsCheckedOnRequest) {
  Client lax;
  http::Request request = lax.request("POST", "/api/trips", test::trip_body());
  test::set_field(request, "Content-Type", "text/plain");
  EXPECT_EQ(lax.send(request).status(), 201);
  Client strict(test::scenario("[gaps]\nenforce_content_type = true"));
  EXPECT_EQ(strict.send(request).status(), 415);
  EXPECT_EQ(strict.post("/api/trips", test::trip_body()).status(), 201);
}

TEST(Headers, Gzip) {
  for (const char* value : {"gzip", "GZIP", "deflate, gzip", "gzip;q=0.5", "br, x-gzip ;q=1", "gzip; q=1"}) {
    EXPECT_TRUE(accepts_gzip(value)) << value;
  }
  for (const char* value : {"", "br", "gzip;q=0", "gzip; q=0.000", "identity", "gzipx", ",,,", "*;q=0"}) {
    EXPECT_FALSE(accepts_gzip(value)) << value;
  }
}

}  // namespace
}  // namespace cvr::sandbox
