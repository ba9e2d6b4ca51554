// M02: the failing call is not the one that worked.  Caps the verdict.
#include "diagnose/rules/support.h"

namespace cvr::diagnose {

Finding m02(const Facts& facts, const Findings&) {
  Calls bad;
  std::string what;
  bool compared = false;
  for (const Call* call : facts.failures()) {
    if (call->last_success == nullptr) continue;
    compared = true;
    if (call->same_success != nullptr) continue;
    if (what.empty()) what = places_text(compare(call->last_success->form, call->form));
    bad.push_back(call);
  }
  if (facts.failures().empty()) return not_applicable("nothing fails");
  if (!bad.empty()) {
    return warn(numbers(bad) + " differs from the call that worked: " + what, bad,
                "repeat the call exactly as it was when it worked; look at the differences first");
  }
  if (!compared) {
    return unknown("no failing call is on record with a success", "give a recording in which it worked: --before FILE");
  }
  return pass("the failing calls have the form of those that worked");
}

}  // namespace cvr::diagnose
