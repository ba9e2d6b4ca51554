#include "diagnose/rules/claims.h"

#include "kit.h"

namespace cvr::diagnose::test {
namespace {

TEST(Claims, AClaimThatIsGoneIsADifference) {
  const Told told = tell(on_monday(
      {get("/airports/search", new_pair("1", 16, ",\"nbf\":1")), get("/rfqs", new_pair("1")).error(403, "X")}));
  EXPECT_TRUE(compare_claim(*told.diagnosis.facts, "nbf", "age").is_hit());
  EXPECT_FALSE(compare_claim(*told.diagnosis.facts, "iss", "issuer").is_hit());
  EXPECT_EQ(compare_claim(*told.diagnosis.facts, "", "x").outcome, Outcome::kNotApplicable);
}

// The wrong token of after the rebuild gets some answers: what worked before the rebuild still tells.
TEST(Claims, TheLastSuccessBeforeTheRebuildCounts) {
  const Tape before = good_friday(new_pair("4711"));
  const Pair other = new_pair("9999");
  const Told told = tell(on_monday({get("/airports/search", other), get("/rfqs", other).error(403, "X")}), &before);
  EXPECT_HIT(told, "G04");
  EXPECT_CLEAN(told, "G05");
}

}  // namespace
}  // namespace cvr::diagnose::test
