// About one call a second with a burst, and a rolling hour (FACTS section 7, 429).  A bucket of
// `burst` calls refills at `per_second`; beside it the calls of the last 3,600 s are counted in
// steps of 10 s.  Memory is constant.  The clock may stand still or step back.  One thread at a time.
#pragma once

#include <array>
#include <cstdint>

namespace cvr::sandbox {

struct RateLimits {
  std::int64_t per_hour = 3'600;
  std::int64_t per_second = 1;
  std::int64_t burst = 600;            // gap: how much burst is tolerated
  std::int64_t used_at_start = 0;      // calls made before the start,
  std::int64_t used_seconds_ago = 60;  // so long before it
};

class RateLimiter {
 public:
  RateLimiter(const RateLimits& limits, std::int64_t start_utc_us);

  struct Verdict {
    bool allowed = true;
    std::int64_t limit = 0;
    std::int64_t remaining = 0;
    std::int64_t reset_s = 0;  // until a call is free again; when allowed: until the oldest call is forgotten
  };
  Verdict take(std::int64_t now_utc_us);  // a refused call is not counted

 private:
  static constexpr std::int64_t kStepS = 10;
  static constexpr std::int64_t kSteps = 360;
  void forget(std::int64_t step);
  std::int64_t oldest_leaves_in_s(std::int64_t now_s) const;

  RateLimits limits_;
  std::array<std::int64_t, kSteps> calls_{};  // by step modulo kSteps
  std::int64_t newest_step_;
  std::int64_t in_hour_ = 0;
  std::int64_t tokens_us_;  // of the bucket: calls times 1,000,000
  std::int64_t last_us_;
};

}  // namespace cvr::sandbox
