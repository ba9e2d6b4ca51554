// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"

namespace cvr::diagnose::test {
namespace {

TEST(L02, RefusedAfterABurst) {
  const Pair pair = new_pair();
  Tape tape(kMonday);
  tape.again(get("/rfqs", pair).error(401, "X"), 12, 2);
  EXPECT_CLEAN(tell(tape), "L02");
  tape.add(get("/airports/search", pair).error(403, "LOCKED"));
  EXPECT_HIT(tell(tape), "L02");
}

TEST(L02, FewFailuresOrLongAgo) {
  const Pair pair = new_pair();
  const Try locked = get("/airports/search", pair).error(403, "LOCKED");
  Tape few(kMonday);
  few.again(get("/rfqs", pair).error(401, "X"), 5, 2).add(locked);
  EXPECT_CLEAN(tell(few), "L02");
  Tape long_ago(kMonday);
  long_ago.again(get("/rfqs", pair).error(401, "X"), 12, 2).wait(3600).add(locked);
  EXPECT_CLEAN(tell(long_ago), "L02");
  EXPECT_OPEN(tell(on_monday({})), "L02");
}

}  // namespace
}  // namespace cvr::diagnose::test
