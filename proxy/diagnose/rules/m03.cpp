// M03: reproduced three times over ten minutes.
#include "diagnose/rules/support.h"

namespace cvr::diagnose {

Finding m03(const Facts& facts, const Findings&) {
  Calls again;
  for (const Call* call : facts.failures()) {
    if (call->reproduced) again.push_back(call);
  }
  if (facts.failures().empty()) return not_applicable("nothing fails");
  if (!again.empty()) return noted("it failed alike, three times or more over ten minutes: " + numbers(again), again);
  Finding out = pass("no call failed alike three times over ten minutes");
  out.outcome = Outcome::kWarn;
  out.next_step = "repeat the failing call twice, with five minutes between (cvr watch does that)";
  return out;
}

}  // namespace cvr::diagnose
