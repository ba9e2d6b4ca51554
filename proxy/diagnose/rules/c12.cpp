// C12: CVR's own gate refused the message.
#include "diagnose/fields.h"
#include "diagnose/rules/support.h"

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
  if (!any) return no_calls();
  if (facts.imported()) return not_applicable("an imported recording did not pass CVR's gate");
  return pass("every message on record passed CVR's gate");
}

}  // namespace cvr::diagnose
