// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"

namespace cvr::diagnose::test {
namespace {

Tape fails(int times, int seconds) {
  Tape out(kMonday);
  out.again(get("/rfqs", new_pair()).error(403, "X"), times, seconds);
  return out;
}

TEST(M03, ThreeTimesOverTenMinutes) {
  EXPECT_HIT(tell(fails(3, 300)), "M03");
  EXPECT_CLEAN(tell(fails(3, 299)), "M03");
  EXPECT_CLEAN(tell(fails(2, 900)), "M03");
  EXPECT_MEANINGLESS(tell(on_monday({get("/rfqs", new_pair())})), "M03");
}

TEST(M03, OnlyAlikeCounts) {
  Tape mixed(kMonday);
  mixed.add(get("/rfqs", new_pair()).error(403, "X")).wait(400);
  mixed.add(get("/rfqs", new_pair()).error(401, "X")).wait(400);
  mixed.add(get("/trips", new_pair()).error(403, "X"));
  EXPECT_CLEAN(tell(mixed), "M03");
}

}  // namespace
}  // namespace cvr::diagnose::test
