// M04: a deliberately wrong credential gets another answer than ours.
#include "diagnose/rules/support.h"

namespace cvr::diagnose {

Finding m04(const Facts& facts, const Findings&) {
  const Call* control = facts.control(kWrongCredential);
  Calls refused;
  bool same = false;
  for (const Call* call : facts.failures()) {
    if (!is_refusal(*call, facts.vendor()) || !is_api_call(*call)) continue;
    refused.push_back(call);
    same |= control != nullptr && call->status == control->status && call->codes == control->codes;
  }
  if (refused.empty()) return not_applicable("no call of the API was refused");
  if (control == nullptr) {
    return unknown("no call with a deliberately wrong credential is on record",
                   "run cvr probe: it makes the control calls", refused);
  }
  if (!same) {
    refused.push_back(control);
    return noted("a wrong credential gets another answer than ours: the vendor knows ours", refused);
  }
  Finding out = pass("a wrong credential gets the same answer as ours", {control});
  out.outcome = Outcome::kWarn;
  out.next_step = "compare the configured credential with the vendor's pages, character by character";
  return out;
}

}  // namespace cvr::diagnose
