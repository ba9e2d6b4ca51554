// X05: no success for so long that the vendor deactivates the connection.
#include "diagnose/rules/support.h"

namespace cvr::diagnose {

Finding x05(const Facts& facts, const Findings&) {
  if (facts.vendor().idle_days == 0) return not_applicable("the profile names no such rule");
  const Call* last = nullptr;
  Calls bad;
  std::size_t looked = 0;
  bool compared = false;
  for (const Call* call : facts.subjects()) {
    if (call->ok) last = call;
    if (call->in != In::kAfter || !is_refusal(*call, facts.vendor())) continue;
    ++looked;
    compared = compared || last != nullptr;
    if (last != nullptr && call->at_us - last->at_us >= facts.vendor().idle_days * kDay) bad.push_back(call);
  }
  if (looked == 0) return pass("no call was refused");
  if (!bad.empty()) {
    return warn("no success on record for " + count_text(static_cast<std::size_t>(facts.vendor().idle_days), "day") +
                    " before " + numbers(bad),
                bad, "ask the vendor whether the connection was deactivated for want of use");
  }
  if (!compared) return unknown("no success is on record", "give a recording in which a call worked: --before FILE");
  return pass("the connection was in use");
}

}  // namespace cvr::diagnose
