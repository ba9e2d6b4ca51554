#include "os/clock.h"

#include <chrono>

namespace cvr::os {
namespace {

TEST(SystemClock, WallClockIsTheMachines) {
  const auto now_us = [] {
    return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
  };
  const SystemClock clock;
  const std::int64_t before = now_us();
  const std::int64_t told = clock.utc_us();
  const std::int64_t after = now_us();
  // The wall clock may be set while this runs: a day either way still tells microseconds from all else.
  constexpr std::int64_t kDay = 86'400'000'000;
  EXPECT_GE(told, before - kDay);
  EXPECT_LE(told, after + kDay);
}

TEST(SystemClock, MonotonicNeverGoesBack) {
  const SystemClock clock;
  std::int64_t last = clock.monotonic_us();
  for (int i = 0; i < 10'000; ++i) {
    const std::int64_t now = clock.monotonic_us();
    ASSERT_GE(now, last);
    last = now;
  }
}

}  // namespace
}  // namespace cvr::os
