#include "probe/schedule.h"

#include <algorithm>

namespace cvr::probe {

std::int64_t Schedule::next_ms(const Report& report) {
  in_vain_ = report.reached ? 0 : in_vain_ + 1;
  std::int64_t wait_ms = interval_s_ * 1'000;
  const std::int64_t longest_ms = std::max(interval_s_, kLongestS) * 1'000;
  for (int i = 0; i < in_vain_ && wait_ms < longest_ms; ++i) wait_ms = std::min(2 * wait_ms, longest_ms);
  // A tenth more or less.
  const std::int64_t spread = wait_ms / 10;
  const auto random = static_cast<std::int64_t>(engine_() % static_cast<std::uint64_t>(2 * spread + 1));
  wait_ms += random - spread;
  return std::max(wait_ms, report.wait_s.value_or(0) * 1'000);
}

}  // namespace cvr::probe
