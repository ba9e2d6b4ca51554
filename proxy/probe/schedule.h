// When cvr watch runs its plan again: an interval with jitter, so that many do not come at once; longer and
// longer while the vendor can not be reached, and never before it asks for.  Values from a seed.  Pure.
#pragma once

#include <cstdint>
#include <random>

#include "probe/run.h"

namespace cvr::probe {

class Schedule {
 public:
  static constexpr std::int64_t kLongestS = 3'600;  // of a wait that grows; an interval may be longer

  Schedule(std::int64_t interval_s, std::uint64_t seed) : interval_s_(interval_s), engine_(seed) {}

  // From the end of that run to the next.  A refusal is an answer: the interval stays.  No answer, a server
  // error or 429: it doubles each time, up to an hour.
  std::int64_t next_ms(const Report& report);

 private:
  std::int64_t interval_s_;
  int in_vain_ = 0;
  std::mt19937_64 engine_;
};

}  // namespace cvr::probe
