#include "match/route.h"

#include "kit.h"

namespace cvr::match {
namespace {

int closeness_of(const RedactedRequest& a, const RedactedRequest& b) {
  return closeness(key_of(a, test_rules()), key_of(b, test_rules()));
}

TEST(Closeness, IsFullOnOneRoute) {
  EXPECT_EQ(closeness_of(get("/trips/t-1?a=1"), get("/trips/t-1?b=2")), 2);
  EXPECT_EQ(closeness_of(json("1"), json("2")), 2);
  EXPECT_EQ(closeness_of(get("/a%2Db"), get("/a-b?x")), 2);
  EXPECT_EQ(closeness_of(get("/u/<<id:a>>"), get("/u/<<id:b>>")), 2);
}

TEST(Closeness, LeavesIdsOpen) {
  EXPECT_EQ(closeness_of(get("/trips/t-1/cancel"), get("/trips/t-22/cancel")), 1);
  EXPECT_EQ(closeness_of(get("/trips/t-1/cancel"), get("/trips/t-1/keep")), 0);
  EXPECT_EQ(closeness_of(get("/trips/t-1"), get("/trips/t-1/cancel")), 0);
}

TEST(Closeness, NeedsMethodAndOrigin) {
  RedactedRequest other = get("/a");
  EXPECT_EQ(closeness_of(get("/a"), request("PUT", "/a")), 0);
  other.origin.port = 8443;
  EXPECT_EQ(closeness_of(get("/a"), other), 0);
  other = get("/a");
  other.origin.scheme = http::Scheme::kHttp;
  EXPECT_EQ(closeness_of(get("/a"), other), 0);
  other = get("/a");
  other.origin.host = "b.example.com";
  EXPECT_EQ(closeness_of(get("/a"), other), 0);
}

TEST(Route, IsReadable) {
  EXPECT_EQ(route_text(get("/trips/t-1/legs/2?x=1")), "GET /trips/*/legs/*");
  EXPECT_EQ(route_text(request("OPTIONS", "*")), "OPTIONS *");
  EXPECT_EQ(route_text(get("/")), "GET /");
}

TEST(Route, TakesOddPaths) {
  EXPECT_EQ(closeness_of(request("OPTIONS", "*"), request("OPTIONS", "*")), 2);
  EXPECT_EQ(route_of(get(""), PartRules{}, ""), route_of(get(""), PartRules{}, ""));
  EXPECT_NE(route_of(get("/"), PartRules{}, "/"), route_of(get("/"), PartRules{}, "//"));
}

MatchRules with(const std::function<void(PartRules&)>& change, bool on_a_route = false) {
  MatchRules rules = test_rules();
  if (on_a_route) rules.routes.push_back({"GET", "/trips/*", rules.parts});
  change(on_a_route ? rules.routes.back().parts : rules.parts);
  finish_rules(rules);
  return rules;
}

Comparison by(std::string_view word) { return parse_comparison(word).value(); }

TEST(PlainRoute, IsThatOfEveryKeyWhoseRulesKeepRoutes) {
  const std::vector<RedactedRequest> requests = {
      get("/trips/t-1?a=1"),
      get("/u/<<id:a>>/x"),
      get(""),
      request("OPTIONS", "*"),
      json(R"({"sentAt":1})"),
      form("a=1"),
      request("DELETE", "/%7euser/%2F", {field("Authorization", "Bearer <<token:a>>")})};
  const auto loosen = [](PartRules& parts) {
    parts.query = by("any");
    parts.body = BodyAs::kAny;
    parts.any_credentials = true;
    parts.headers.push_back({"host", by("exact")});
    parts.json_values.push_back({"sentat", by("any")});
  };
  for (const MatchRules& rules : {test_rules(), with(loosen), with(loosen, true)}) {
    ASSERT_TRUE(keeps_routes(rules));
    for (const RedactedRequest& one : requests) EXPECT_EQ(route_in(key_of(one, rules)), plain_route(one));
  }
}

TEST(PlainRoute, IsKeptUnlessMethodHostOrPathIsLooser) {
  const std::vector<std::function<void(PartRules&)>> loose = {
      [](PartRules& parts) { parts.any_method = true; }, [](PartRules& parts) { parts.any_host = true; },
      [](PartRules& parts) { parts.path = by("any"); }, [](PartRules& parts) { parts.path = by("regex:/v[12](/.*)"); },
      [](PartRules& parts) { parts.path = by("exact"); }};
  for (const auto& change : loose) {
    EXPECT_FALSE(keeps_routes(with(change)));
    EXPECT_FALSE(keeps_routes(with(change, true)));
  }
}

// Cassettes hold these numbers: whoever computes them otherwise raises kRouteForm.
TEST(PlainRoute, OfFormOneIsThis) {
  ASSERT_EQ(kRouteForm, 1U);
  EXPECT_EQ(plain_route(get("/trips/t-1?a=1")), 449155930U);
  EXPECT_EQ(plain_route(request("POST", "/u/<<id:a>>")), 768527953U);
}

}  // namespace
}  // namespace cvr::match
