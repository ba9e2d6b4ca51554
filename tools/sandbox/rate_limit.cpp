#include "sandbox/rate_limit.h"

#include <algorithm>

namespace cvr::sandbox {
namespace {

constexpr std::int64_t kSecond = 1'000'000;

}  // namespace

RateLimiter::RateLimiter(const RateLimits& limits, std::int64_t start_utc_us)
    : limits_(limits),
      newest_step_(start_utc_us / kSecond / kStepS),
      tokens_us_(limits.burst * kSecond),
      last_us_(start_utc_us) {
  if (limits.used_at_start > 0 && limits.used_seconds_ago < kSteps * kStepS) {
    const std::int64_t step = (start_utc_us / kSecond - limits.used_seconds_ago) / kStepS;
    calls_[static_cast<std::size_t>(step % kSteps)] = limits.used_at_start;
    in_hour_ = limits.used_at_start;
  }
}

// Moves the window so that it ends with `step`.
void RateLimiter::forget(std::int64_t step) {
  const std::int64_t steps = std::min(step - newest_step_, kSteps);
  for (std::int64_t i = 1; i <= steps; ++i) {
    std::int64_t& slot = calls_[static_cast<std::size_t>((step - steps + i) % kSteps)];
    in_hour_ -= slot;
    slot = 0;
  }
  newest_step_ = std::max(newest_step_, step);
}

std::int64_t RateLimiter::oldest_leaves_in_s(std::int64_t now_s) const {
  for (std::int64_t step = newest_step_ - kSteps + 1; step <= newest_step_; ++step) {
    if (calls_[static_cast<std::size_t>(step % kSteps)] > 0) {
      return std::max<std::int64_t>(1, (step + kSteps) * kStepS - now_s);
    }
  }
  return kSteps * kStepS;
}

RateLimiter::Verdict RateLimiter::take(std::int64_t now_utc_us) {
  const std::int64_t now = std::max(now_utc_us, last_us_);
  const std::int64_t full = limits_.burst * kSecond;
  // Longer than a full refill counts as one: the product stays small.
  const std::int64_t passed = std::min(now - last_us_, full);
  tokens_us_ = std::min(full, tokens_us_ + passed * limits_.per_second);
  last_us_ = now;
  forget(now / kSecond / kStepS);

  Verdict verdict{.allowed = true, .limit = limits_.per_hour};
  if (in_hour_ >= limits_.per_hour) {
    verdict.allowed = false;
    verdict.reset_s = oldest_leaves_in_s(now / kSecond);
  } else if (tokens_us_ < kSecond) {
    verdict.allowed = false;
    const std::int64_t rate = std::max<std::int64_t>(1, limits_.per_second);
    verdict.reset_s = std::max<std::int64_t>(1, (kSecond - tokens_us_ + rate * kSecond - 1) / (rate * kSecond));
  } else {
    tokens_us_ -= kSecond;
    ++calls_[static_cast<std::size_t>(newest_step_ % kSteps)];
    ++in_hour_;
    verdict.remaining = std::min(limits_.per_hour - in_hour_, tokens_us_ / kSecond);
    verdict.reset_s = oldest_leaves_in_s(now / kSecond);
  }
  return verdict;
}

}  // namespace cvr::sandbox
