// V05: the 95th percentile of the answers' times is over five times that of before, and the network is fine.
#include <algorithm>

#include "diagnose/rules/support.h"

namespace cvr::diagnose {
namespace {

constexpr std::size_t kFewest = 5;

std::int64_t p95(std::vector<std::int64_t> times) {
  const std::size_t at = (times.size() * 95 + 99) / 100 - 1;
  std::ranges::nth_element(times, times.begin() + static_cast<std::ptrdiff_t>(at));
  return times[at];
}

}  // namespace

Finding v05(const Facts& facts, const Findings&) {
  std::vector<std::int64_t> before, after;
  Calls slow, broken;
  for (const Call* call : facts.subjects()) {
    if (call->parts->failure && call->in == In::kAfter) broken.push_back(call);
    if (!call->parts->response || call->parts->timing.finished_us <= 0) continue;
    (call->in == In::kBefore ? before : after).push_back(call->parts->timing.finished_us);
  }
  if (facts.after().empty()) return no_calls();
  if (before.size() < kFewest || after.size() < kFewest) {
    return unknown("too few answers to compare their times: " + std::to_string(before.size()) + " before, " +
                       std::to_string(after.size()) + " after",
                   "give an earlier recording with at least five answers: --before FILE");
  }
  const std::int64_t was = p95(before), is = p95(after);
  if (is <= 5 * was) return pass("answers take about as long as before");
  if (!broken.empty()) return unknown("answers are slower, and the network failed too", {}, broken);
  for (const Call* call : facts.after()) {
    if (call->parts->response && call->parts->timing.finished_us > 5 * was) slow.push_back(call);
  }
  return warn(
      "answers take " + std::to_string(is / 1000) + " ms, before " + std::to_string(was / 1000) + " ms (95 of 100)",
      slow, "report the times to the vendor; try from another network");
}

}  // namespace cvr::diagnose
