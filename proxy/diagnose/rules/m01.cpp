// M01: a call of the same normal form worked before and fails now.
#include "diagnose/rules/support.h"

namespace cvr::diagnose {

Finding m01(const Facts& facts, const Findings&) {
  Calls same;
  bool compared = false;
  for (const Call* call : facts.failures()) {
    compared |= call->last_success != nullptr;
    if (call->same_success == nullptr) continue;
    if (same.size() < 20) same.push_back(call->same_success);
    same.push_back(call);
  }
  if (facts.failures().empty()) return not_applicable("nothing fails");
  if (!same.empty()) return noted("the same call worked before and fails now: " + numbers(same), same);
  if (!compared) {
    return unknown("no failing call is on record with a success", "give a recording in which it worked: --before FILE");
  }
  Finding out = pass("no failing call has the form of one that worked");
  out.outcome = Outcome::kWarn;
  out.next_step = "send the call exactly as it was when it worked";
  return out;
}

}  // namespace cvr::diagnose
