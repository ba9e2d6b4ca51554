// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"

namespace cvr::diagnose::test {
namespace {

Tape burst(int times, int status, int seconds = 1) {
  Tape out(kMonday);
  out.again(get("/rfqs", new_pair()).error(status, "X"), times, seconds);
  return out;
}

TEST(C10, MoreThanFiveTimesInTenSeconds) {
  EXPECT_HIT(tell(burst(6, 401)), "C10");
  EXPECT_CLEAN(tell(burst(5, 401)), "C10");
}

TEST(C10, SlowerOrRetryablePasses) {
  EXPECT_CLEAN(tell(burst(20, 401, 3)), "C10");
  EXPECT_CLEAN(tell(burst(20, 429)), "C10");
  EXPECT_CLEAN(tell(burst(20, 503)), "C10");
  EXPECT_OPEN(tell(burst(0, 401)), "C10");
}

TEST(C10, DifferentCallsAreNoRepetition) {
  Tape tape(kMonday);
  for (int i = 0; i < 20; ++i) tape.add(get("/rfqs?page=" + std::to_string(i), new_pair()).error(401, "X"));
  EXPECT_CLEAN(tell(tape), "C10");
}

TEST(C10, OfAnotherThingOrUserIsNoRepetition) {
  const Pair pair = new_pair();
  Tape things(kMonday), users(kMonday);
  for (int i = 0; i < 10; ++i) {
    things.add(get("/trips/atrip-7200000" + std::to_string(i), pair).error(403, "X"));
    users.add(get("/rfqs", new_pair()).error(403, "X"));
  }
  EXPECT_CLEAN(tell(things), "C10");
  EXPECT_CLEAN(tell(users), "C10");
}

}  // namespace
}  // namespace cvr::diagnose::test
