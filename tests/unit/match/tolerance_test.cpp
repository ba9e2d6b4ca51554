#include "match/tolerance.h"

#include "kit.h"

namespace cvr::match {
namespace {

MatchRules with(std::string_view pointer, std::string_view word) {
  MatchRules rules = test_rules();
  rules.parts.json_values = {{std::string(pointer), parse_comparison(word).value()}};
  rules.parts.query_names = {{"page", parse_comparison("number:1").value()}};
  finish_rules(rules);
  return rules;
}

bool same_bucket_under(const MatchRules& rules, const RedactedRequest& a, const RedactedRequest& b) {
  const MatchKey x = key_of(a, rules);
  const MatchKey y = key_of(b, rules);
  return x.bucket_lo == y.bucket_lo && x.bucket_hi == y.bucket_hi;
}

TEST(Tolerance, KeysSayThatThereIsANumberAndThisWhichIsNear) {
  const MatchRules rules = with("price", "number:0.5");
  const auto a = json(R"({"price":100.0})");
  const auto b = json(R"({"price":100.5})");
  const auto c = json(R"({"price":100.6})");
  EXPECT_TRUE(same_bucket_under(rules, a, c));
  EXPECT_TRUE(is_within_tolerance(a, b, rules));
  EXPECT_TRUE(is_within_tolerance(b, a, rules));
  EXPECT_FALSE(is_within_tolerance(a, c, rules));
  EXPECT_TRUE(is_within_tolerance(b, c, rules));  // not transitive: that is why no key can hold it
  const auto told = compare(a, c, rules);
  EXPECT_EQ(told.rule, "body");
  EXPECT_EQ(told.asked, "/price: 100.0");
  EXPECT_EQ(told.recorded, "/price: 100.6");
  EXPECT_FALSE(same_bucket_under(rules, a, json(R"({"price":"dear"})")));
}

TEST(Tolerance, MembersMayStandInAnyOrderAndElementsMayNot) {
  const MatchRules rules = with("/legs/*/price", "number:1");
  const auto asked = json(R"({"legs":[{"id":1,"price":10},{"id":2,"price":20}]})");
  EXPECT_TRUE(is_within_tolerance(asked, json(R"({"legs":[{"price":10.5,"id":1},{"price":19.5,"id":2}]})"), rules));
  EXPECT_FALSE(is_within_tolerance(asked, json(R"({"legs":[{"id":1,"price":20},{"id":2,"price":10}]})"), rules));
}

TEST(Tolerance, DecimalNumbersAreAsNearAsTheyRead) {
  const MatchRules rules = with("price", "number:0.1");
  EXPECT_TRUE(is_within_tolerance(json(R"({"price":0.3})"), json(R"({"price":0.4})"), rules));
  EXPECT_TRUE(is_within_tolerance(json(R"({"price":1000000.3})"), json(R"({"price":1000000.4})"), rules));
  EXPECT_FALSE(is_within_tolerance(json(R"({"price":0.3})"), json(R"({"price":0.4000001})"), rules));
}

TEST(Tolerance, OfAQueryNameCountsToo) {
  const MatchRules rules = with("price", "number:1");
  EXPECT_TRUE(same_bucket_under(rules, get("/a?page=1&x=2"), get("/a?x=2&page=3")));
  EXPECT_TRUE(is_within_tolerance(get("/a?page=1"), get("/a?page=2"), rules));
  EXPECT_FALSE(is_within_tolerance(get("/a?page=1"), get("/a?page=3"), rules));
  EXPECT_EQ(compare(get("/a?page=1"), get("/a?page=3"), rules).rule, "query");
}

TEST(Tolerance, WithoutSuchARuleThereIsNone) {
  EXPECT_FALSE(has_tolerance(get("/"), test_rules()));
  EXPECT_TRUE(has_tolerance(get("/"), with("a", "number:1")));
  EXPECT_TRUE(is_within_tolerance(json("[1]"), json("[2]"), test_rules()));  // not asked about
}

}  // namespace
}  // namespace cvr::match
