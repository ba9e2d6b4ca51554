#include "sandbox/rate_limit.h"

namespace cvr::sandbox {
namespace {

constexpr std::int64_t kSecond = 1'000'000;
constexpr std::int64_t kStart = 1'773'741'600 * kSecond;

TEST(RateLimit, BurstThenOneASecond) {
  RateLimiter limiter({.burst = 3}, kStart);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(limiter.take(kStart).allowed);
  const auto refused = limiter.take(kStart);
  EXPECT_FALSE(refused.allowed);
  EXPECT_EQ(refused.limit, 3'600);
  EXPECT_EQ(refused.remaining, 0);
  EXPECT_EQ(refused.reset_s, 1);
  EXPECT_FALSE(limiter.take(kStart + kSecond - 1).allowed);
  EXPECT_TRUE(limiter.take(kStart + kSecond).allowed);
  EXPECT_FALSE(limiter.take(kStart + kSecond).allowed);
  EXPECT_EQ(limiter.take(kStart + 1'000 * kSecond).remaining, 2);  // the bucket holds no more than a burst
}

TEST(RateLimit, RollingHour) {
  RateLimiter limiter({.per_hour = 5, .burst = 100}, kStart);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(limiter.take(kStart + i * 60 * kSecond).remaining, 4 - i);
  const auto refused = limiter.take(kStart + 300 * kSecond);
  EXPECT_FALSE(refused.allowed);
  EXPECT_EQ(refused.reset_s, 3'300);
  EXPECT_FALSE(limiter.take(kStart + 3'599 * kSecond).allowed);
  EXPECT_TRUE(limiter.take(kStart + 3'600 * kSecond).allowed);   // the first one is an hour old
  EXPECT_FALSE(limiter.take(kStart + 3'600 * kSecond).allowed);  // the second is not
  EXPECT_EQ(limiter.take(kStart + 30'000 * kSecond).remaining, 4);
}

TEST(RateLimit, UsedUpAtTheStart) {
  RateLimiter limiter({.used_at_start = 3'600, .used_seconds_ago = 3'540}, kStart);
  EXPECT_EQ(limiter.take(kStart).reset_s, 60);
  EXPECT_FALSE(limiter.take(kStart + 59 * kSecond).allowed);
  EXPECT_TRUE(limiter.take(kStart + 60 * kSecond).allowed);
  EXPECT_TRUE(RateLimiter({.used_at_start = 3'600, .used_seconds_ago = 3'600}, kStart).take(kStart).allowed);
}

TEST(RateLimit, OddLimitsAndClocks) {
  EXPECT_FALSE(RateLimiter({.per_hour = 0}, kStart).take(kStart).allowed);
  EXPECT_FALSE(RateLimiter({.burst = 0}, kStart).take(kStart + kSecond).allowed);
  EXPECT_FALSE(RateLimiter({.per_second = 0, .burst = 0}, kStart).take(kStart + kSecond).allowed);
  RateLimiter limiter({.burst = 2}, kStart);
  EXPECT_TRUE(limiter.take(kStart - 1'000 * kSecond).allowed);
  EXPECT_TRUE(limiter.take(kStart - 2'000 * kSecond).allowed);
  EXPECT_FALSE(limiter.take(kStart - 500 * kSecond).allowed);
  RateLimiter fast({.per_hour = 1'000'000, .per_second = 1'000'000, .burst = 1'000'000}, 0);
  EXPECT_TRUE(fast.take(INT64_MAX / 4).allowed);
}

}  // namespace
}  // namespace cvr::sandbox
