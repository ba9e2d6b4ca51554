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

}  // namespace
}  // namespace cvr::diagnose::test
