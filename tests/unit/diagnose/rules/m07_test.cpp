// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"

namespace cvr::diagnose::test {
namespace {

TEST(M07, TwoSidesAndTheTestThatDecides) {
  const Pair pair = new_pair();
  const Told told = tell(on_monday(
      {get("/airports/search", pair).error(429, "X"), get("/trips", pair), get("/rfqs", pair).error(403, "X")}));
  EXPECT_HIT(told, "A01");
  EXPECT_HIT(told, "L01");
  EXPECT_HIT(told, "M07");
  EXPECT_FALSE(told.of("M07").next_step.empty());
  EXPECT_CLEAN(tell(on_monday({get("/rfqs", pair).error(429, "X")})), "M07");
  EXPECT_CLEAN(tell(on_monday({get("/rfqs", pair)})), "M07");
}

}  // namespace
}  // namespace cvr::diagnose::test
