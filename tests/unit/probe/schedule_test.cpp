#include "probe/schedule.h"

#include <set>

namespace cvr::probe {
namespace {

Report report(bool reached, std::optional<std::int64_t> wait_s = std::nullopt) {
  Report out;
  out.reached = reached;
  out.wait_s = wait_s;
  return out;
}

TEST(Schedule, JitterIsATenthAndOfTheSeed) {
  Schedule one(600, 42), same(600, 42), other(600, 43);
  std::set<std::int64_t> seen;
  bool differs = false;
  for (int i = 0; i < 100; ++i) {
    const std::int64_t ms = one.next_ms(report(true));
    EXPECT_GE(ms, 540'000);
    EXPECT_LE(ms, 660'000);
    EXPECT_EQ(ms, same.next_ms(report(true)));
    differs |= ms != other.next_ms(report(true));
    seen.insert(ms);
  }
  EXPECT_GT(seen.size(), 50u);
  EXPECT_TRUE(differs);
}

TEST(Schedule, BacksOffWhileNobodyAnswersAndComesBack) {
  Schedule schedule(600, 1);
  const std::int64_t kWanted[] = {1'200'000, 2'400'000, 3'600'000, 3'600'000, 3'600'000};
  for (const std::int64_t wanted : kWanted) {
    const std::int64_t ms = schedule.next_ms(report(false));
    EXPECT_GE(ms, wanted * 9 / 10);
    EXPECT_LE(ms, wanted * 11 / 10);
  }
  EXPECT_LE(schedule.next_ms(report(true)), 660'000);
}

TEST(Schedule, NeverBeforeTheVendorAsksFor) {
  Schedule schedule(1, 1);
  EXPECT_EQ(schedule.next_ms(report(false, 500)), 500'000);
}

TEST(Schedule, AnIntervalOverAnHourStays) {
  Schedule schedule(7'200, 1);
  EXPECT_LE(schedule.next_ms(report(false)), 7'920'000);
}

}  // namespace
}  // namespace cvr::probe
