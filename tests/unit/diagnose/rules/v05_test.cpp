// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"

namespace cvr::diagnose::test {
namespace {

Tape takes(const char* start, int calls, std::int64_t ms) {
  Tape out(start);
  for (int i = 0; i < calls; ++i) out.add(get("/rfqs", new_pair()).took(ms));
  return out;
}

TEST(V05, FiveTimesSlower) {
  const Tape before = takes(kFriday, 20, 100);
  EXPECT_HIT(tell(takes(kMonday, 20, 501), &before), "V05");
  EXPECT_CLEAN(tell(takes(kMonday, 20, 500), &before), "V05");
  // One slow answer of many is no outage.
  Tape one = takes(kMonday, 40, 100);
  one.add(get("/rfqs", new_pair()).took(60'000));
  EXPECT_CLEAN(tell(one, &before), "V05");
}

TEST(V05, TooFewOrABrokenNetworkIsOpen) {
  const Tape before = takes(kFriday, 20, 100);
  EXPECT_OPEN(tell(takes(kMonday, 4, 900), &before), "V05");
  EXPECT_OPEN(tell(takes(kMonday, 20, 900)), "V05");
  Tape broken = takes(kMonday, 20, 900);
  broken.add(get("/rfqs", new_pair()).fails(FailureKind::kReset));
  EXPECT_OPEN(tell(broken, &before), "V05");
}

}  // namespace
}  // namespace cvr::diagnose::test
