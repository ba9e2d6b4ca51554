// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"

namespace cvr::diagnose::test {
namespace {

TEST(M01, TheSameCallWorkedBefore) {
  const Tape before = good_friday(new_pair());
  const Told told = tell(on_monday({get("/trips/atrip-9", new_pair()).error(403, "X")}), &before);
  EXPECT_HIT(told, "M01");
  EXPECT_EQ(told.outcome("M01"), Outcome::kPass);
}

TEST(M01, AnotherCallOrNone) {
  const Tape before = good_friday(new_pair());
  EXPECT_CLEAN(tell(on_monday({get("/trips/atrip-9?x=1", new_pair()).error(403, "X")}), &before), "M01");
  EXPECT_OPEN(tell(on_monday({get("/trips/atrip-9", new_pair()).error(403, "X")})), "M01");
  EXPECT_MEANINGLESS(tell(on_monday({get("/rfqs", new_pair())})), "M01");
}

}  // namespace
}  // namespace cvr::diagnose::test
