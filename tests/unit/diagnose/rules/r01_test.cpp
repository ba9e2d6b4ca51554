// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"

namespace cvr::diagnose::test {
namespace {

Told fails_at(const char* start, const char* host = "sandbox.avinode.com") {
  Tape tape(start);
  tape.add(get("/rfqs", new_pair()).host(host).error(401, "X"));
  return tell(tape);
}

TEST(R01, MondayFromSixToEightUtc) {
  EXPECT_HIT(fails_at("2026-03-16T06:00:00Z"), "R01");
  EXPECT_HIT(fails_at("2026-03-16T07:59:59Z"), "R01");
  EXPECT_CLEAN(fails_at("2026-03-16T08:00:00Z"), "R01");
  EXPECT_CLEAN(fails_at("2026-03-16T05:59:59Z"), "R01");
  EXPECT_CLEAN(fails_at("2026-03-17T07:00:00Z"), "R01");
}

TEST(R01, ZonesAreHonouredAndProductionIsNotRebuilt) {
  EXPECT_HIT(fails_at("2026-03-16T08:30:00+01:00"), "R01");
  EXPECT_CLEAN(fails_at("2026-03-16T06:30:00+01:00"), "R01");
  EXPECT_CLEAN(fails_at("2026-03-16T07:00:00Z", "services.avinode.com"), "R01");
  profiles::Profile none = profiles::avinode();
  none.rebuild.reset();
  EXPECT_MEANINGLESS(tell(on_monday({}), nullptr, nullptr, none), "R01");
}

// By the vendor's Date, though the recorder's clock is hours off.
TEST(R01, TheVendorsClockCounts) {
  Tape tape("2026-03-16T07:00:00Z");
  tape.offset_us = 5 * kHour;
  tape.add(get("/rfqs", new_pair()).error(401, "X"));
  tape.add(get("/rfqs", new_pair()).fails(FailureKind::kReset));
  EXPECT_EQ(tell(tape).cited("R01"), (std::vector<std::uint64_t>{1, 2}));
}

}  // namespace
}  // namespace cvr::diagnose::test
