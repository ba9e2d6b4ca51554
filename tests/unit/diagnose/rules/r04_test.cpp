// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"

namespace cvr::diagnose::test {
namespace {

Tape dies(const char* second, bool one_lives) {
  const Pair pair = new_pair();
  Tape out("2026-03-18T10:00:00Z");
  out.add(get("/rfqs", pair)).add(get("/trips", pair)).add(get("/airports/search", pair)).wait(3600);
  out.add(get("/rfqs", pair).error(401, "X")).add(get(second, pair).error(401, "X"));
  if (one_lives) out.add(get("/airports/search", pair));
  return out;
}

TEST(R04, EverythingDiesInTheMiddleOfTheWeek) {
  EXPECT_HIT(tell(dies("/trips", false)), "R04");
  EXPECT_CLEAN(tell(dies("/rfqs", false)), "R04");
  EXPECT_CLEAN(tell(dies("/trips", true)), "R04");
}

TEST(R04, ARebuildExplainsItAndNothingBeforeIsOpen) {
  const Tape before = good_friday(new_pair());
  EXPECT_CLEAN(tell(on_monday({post("/trips", new_pair(), kGoodTrip).error(401, "X"),
                               get("/rfqs/arfq-1", new_pair()).error(401, "X")}),
                    &before),
               "R04");
  EXPECT_OPEN(tell(on_monday({get("/rfqs", new_pair()).error(401, "X")})), "R04");
}

}  // namespace
}  // namespace cvr::diagnose::test
