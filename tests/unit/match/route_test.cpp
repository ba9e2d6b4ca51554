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

}  // namespace
}  // namespace cvr::match
