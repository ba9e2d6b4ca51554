// L02: refused after a burst of other failures, as a lock-out does.
#include <deque>

#include "diagnose/rules/support.h"

namespace cvr::diagnose {

Finding l02(const Facts& facts, const Findings&) {
  constexpr std::size_t kBurst = 10;
  constexpr std::int64_t kWithin = kMinute, kLockout = 15 * kMinute;
  std::deque<const Call*> recent;  // failures of the last minute
  std::string burst_answer;        // of the failures that made a burst
  std::string burst_credential;
  std::int64_t burst_until = 0;
  Calls bad;
  const auto answer_of = [](const Call& call) { return std::to_string(call.status) + " " + call.code(); };
  for (const Call* call : facts.after()) {
    if (!call->failed) continue;
    const bool after_burst = burst_until != 0 && call->at_us <= burst_until + kLockout;
    // The burst's own failures are no lock-out: another answer, or a credential that had no part in it.
    const bool other = answer_of(*call) != burst_answer || call->credential.identity() != burst_credential;
    if (call->refused() && after_burst && other) bad.push_back(call);
    while (!recent.empty() && recent.front()->at_us < call->at_us - kWithin) recent.pop_front();
    recent.push_back(call);
    if (recent.size() >= kBurst && bad.empty()) {
      burst_until = call->at_us;
      burst_answer = answer_of(*recent.front());
      burst_credential = recent.front()->credential.identity();
    }
  }
  if (facts.after().empty()) return no_calls();
  if (bad.empty()) return pass("no burst of failures comes before a refusal");
  return warn(numbers(bad) + " was refused after a burst of failures", bad,
              "stop for a quarter of an hour, then try once; make fewer calls");
}

}  // namespace cvr::diagnose
