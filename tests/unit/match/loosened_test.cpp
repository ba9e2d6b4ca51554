#include "kit.h"

namespace cvr::match {
namespace {

MatchRules rules_with(void (*change)(PartRules&)) {
  MatchRules rules = test_rules();
  change(rules.parts);
  finish_rules(rules);
  return rules;
}

Comparison any() { return parse_comparison("any").value(); }

TEST(Loosened, ByTheUsersRulesOnly) {
  // "nonce" is the profile's: that it does not count is nothing to mark.
  EXPECT_FALSE(is_loosened(get("/a?nonce=1&b=2"), test_rules()));
  const MatchRules query = rules_with([](PartRules& p) { p.query_names = {{"ts", any()}}; });
  EXPECT_TRUE(is_loosened(get("/a?ts=1"), query));
  EXPECT_FALSE(is_loosened(get("/a?b=1"), query));
  const MatchRules body = rules_with([](PartRules& p) { p.json_values = {{"/sent/at", any()}}; });
  EXPECT_TRUE(is_loosened(json(R"({"sent":{"at":1}})"), body));
  EXPECT_FALSE(is_loosened(json(R"({"at":1})"), body));
  EXPECT_TRUE(is_loosened(get("/"), rules_with([](PartRules& p) { p.any_host = true; })));
  EXPECT_TRUE(is_loosened(get("/"), rules_with([](PartRules& p) { p.body = BodyAs::kAny; })));
  EXPECT_TRUE(is_loosened(get("/"), rules_with([](PartRules& p) { p.any_credentials = true; })));
}

TEST(Loosened, ByARuleOnACredentialThatIsSent) {
  const MatchRules rules = rules_with([](PartRules& p) { p.headers = {{"authorization", any()}, {"x-mode", any()}}; });
  EXPECT_TRUE(is_loosened(get("/", {field("Authorization", "Bearer <<token:t>>")}), rules));
  EXPECT_FALSE(is_loosened(get("/", {field("X-Mode", "a")}), rules));  // counts by a rule only
  EXPECT_FALSE(is_loosened(get("/"), rules));
}

}  // namespace
}  // namespace cvr::match
