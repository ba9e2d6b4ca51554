// C12: CVR's own gate refused the message.  Mostly no call is on record then, but a refusal is.
#include "diagnose/fields.h"
#include "diagnose/rules/support.h"
#include "diagnose/rules/unheard.h"

namespace cvr::diagnose {

Finding c12(const Facts& facts, const Findings&) {
  Calls bad;
  bool any = false;
  for (const Call& call : facts.timeline()) {
    if (call.in != In::kAfter) continue;
    any = true;
    if (has_flag(*call.parts, kFlagGateRefused)) bad.push_back(&call);
  }
  if (!bad.empty()) {
    return fault("CVR refused the message of " + numbers(bad) + ": it has two readings", bad,
                 "look at the refusal with cvr show, and mend the client's HTTP");
  }
  const Refusals refused = refusals_of(facts, cassette::kRefusedByGate, Host::kKnown);
  if (!refused.empty()) {
    return fault("CVR refused " + told(refused, "message") + ": it has two readings, or none", bad,
                 "mend the client's HTTP; cvr ls lists what was refused and why");
  }
  const Refusals open = refusals_of(facts, cassette::kRefusedByGate, Host::kUnknown);
  if (!open.empty()) {
    return warn("CVR refused " + told(open, "message") + "; for which host could not be read", bad,
                "look whether it is the client's: cvr ls lists what was refused and why");
  }
  if (!any) return no_calls();
  if (facts.imported()) return not_applicable("an imported recording did not pass CVR's gate");
  return pass("every message on record passed CVR's gate");
}

}  // namespace cvr::diagnose
