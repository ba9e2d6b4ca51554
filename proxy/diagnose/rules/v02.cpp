// V02: the vendor's internal error on a request whose normal form succeeded before.  The code alone says
// nothing: this vendor gives it for wrong bodies too.
#include "diagnose/rules/support.h"

namespace cvr::diagnose {

Finding v02(const Facts& facts, const Findings&) {
  if (facts.vendor().internal_codes.empty()) return not_applicable("the profile names no such code");
  Calls bad, open;
  for (const Call* call : facts.failures()) {
    if (!call->has_code(facts.vendor().internal_codes)) continue;
    if (call->same_success != nullptr) {
      bad.push_back(call);
    } else if (call->last_success == nullptr) {
      open.push_back(call);
    }
  }
  if (!bad.empty()) {
    return warn("the vendor's internal error in " + numbers(bad) + ", for a call that worked in this form", bad,
                "repeat the call after ten minutes; if it stays, report it with the times");
  }
  if (!open.empty()) {
    return unknown("the vendor's internal error in " + numbers(open) + ": its cause may be the request",
                   "compare the request with the documentation, and with one that worked", open);
  }
  return pass("no internal error on a call that worked in this form");
}

}  // namespace cvr::diagnose
