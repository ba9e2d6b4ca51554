#include "match/comparer.h"

#include "kit.h"

namespace cvr::match {
namespace {

void expect(const Difference& difference, std::string_view rule, std::string_view asked, std::string_view recorded) {
  EXPECT_EQ(difference.rule, rule);
  EXPECT_EQ(difference.asked, asked);
  EXPECT_EQ(difference.recorded, recorded);
}

Difference differ(const RedactedRequest& asked, const RedactedRequest& recorded) {
  return compare(asked, recorded, test_rules());
}

TEST(Compare, NamesTheFirstPartThatDiffers) {
  RedactedRequest elsewhere = get("/b?x=1");
  elsewhere.origin.port = 444;
  expect(differ(get("/a"), request("PUT", "/a")), "method", "GET", "PUT");
  expect(differ(get("/a"), elsewhere), "host", "https://api.example.com", "https://api.example.com:444");
  expect(differ(get("/a/<<id:1>>"), get("/a/b")), "path", "/a/<id>", "/a/b");
  expect(differ(get("/a?x=1"), get("/a?x=2")), "query", "x: 1", "x: 2");
  expect(differ(get("/a", {field("Authorization", "Bearer <<jwt:a>>")}), get("/a")), "header", "authorization: bearer",
         "authorization: absent");
  expect(differ(get("/a"), get("/a", {field("X-Api-Token", "<<uuid:a>>")})), "header", "x-api-token: absent",
         "x-api-token: present");
  expect(differ(json(R"({"a":1})"), json(R"({"a":2})")), "body", "/a: 1", "/a: 2");
  expect(differ(form("a=1"), form("a=2")), "body", "a: 1", "a: 2");
  expect(differ(json("{}"), form("a=2")), "body", "a JSON body", "a form");
  expect(differ(get("/a"), get("/a")), "", "", "");
}

TEST(Compare, ShowsBytesWhereTheyDiffer) {
  expect(differ(post("text/plain", "hello"), post("text/plain", "help")), "body", "5 bytes: hello", "4 bytes: help");
  const std::string same(500, 'x');
  expect(differ(post("text/plain", same + "ab"), post("text/plain", same)), "body",
         "502 bytes: ..." + std::string(20, 'x') + "ab", "500 bytes: ..." + std::string(20, 'x'));
}

TEST(Compare, ExplainsOmittedBodies) {
  RedactedRequest omitted = json("");
  omitted.body.omitted = "omitted: over the body limit";
  omitted.body.wire_size = 9;
  omitted.body.digest = "ab";
  expect(differ(omitted, json("{}")), "body", "a body that was omitted", "a JSON body");
}

TEST(Compare, RanksByTheKindOfDifference) {
  const RedactedRequest base =
      request("POST", "/trips/t-1/rfqs", {field("Content-Type", "application/json")}, R"({"a":1,"b":2})");
  const auto distance = [&](std::string_view method, std::string_view target, std::string_view body) {
    return differ(base, request(method, target, {field("Content-Type", "application/json")}, body)).distance;
  };
  const int one = distance("POST", "/trips/t-1/rfqs", R"({"a":1,"b":3})");
  const int two = distance("POST", "/trips/t-1/rfqs", R"({"a":2,"b":3})");
  const int id = distance("POST", "/trips/t-2/rfqs", R"({"a":1,"b":2})");
  const int path = distance("POST", "/x/y/z", R"({"a":1,"b":2})");
  EXPECT_GT(one, 0);
  EXPECT_GT(two, one);
  EXPECT_GE(id, kFar);
  EXPECT_GT(path, id);
  EXPECT_GT(distance("PUT", "/trips/t-1/rfqs", R"({"a":1,"b":2})"), id);
  // Everything but method, origin and path together stays below kFar.
  EXPECT_LT(differ(get("/a?x=1", {field("Authorization", "a b")}), request("GET", "/a?y=2", {}, "text")).distance,
            kFar);
}

TEST(Compare, BoundsItsTexts) {
  const std::string wild(100'000, '\x01');
  const Difference path = differ(get("/" + wild), get("/" + std::string(100'000, 'y')));
  EXPECT_LE(path.asked.size(), 200U);
  EXPECT_LE(path.recorded.size(), 200U);
  const Difference body =
      differ(json("{\"" + std::string(10'000, 'k') + "\":\"" + std::string(10'000, 'v') + "\"}"), json("{}"));
  EXPECT_LE(body.asked.size(), 200U);
  EXPECT_LE(body.recorded.size(), 200U);
}

TEST(PathDistance, CountsSegmentsThatDiffer) {
  EXPECT_EQ(path_distance("/a/b", "/a/b"), 0);
  EXPECT_EQ(path_distance("/a/b/c", "/a/x/c"), 1);
  EXPECT_EQ(path_distance("/a/b/c", "/a/c"), 1);
  EXPECT_EQ(path_distance("/a", "/b/c/d"), 3);
  EXPECT_EQ(path_distance("/a/a/a", "/a/a"), 1);
  EXPECT_EQ(path_distance("", "/"), 1);
  EXPECT_EQ(path_distance("*", "*"), 0);
}

}  // namespace
}  // namespace cvr::match
