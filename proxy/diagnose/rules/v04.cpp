// V04: answers that break HTTP or JSON.
#include "diagnose/answer.h"
#include "diagnose/fields.h"
#include "diagnose/rules/short_bodies.h"
#include "diagnose/rules/support.h"
#include "model/omission.h"

namespace cvr::diagnose {

Finding v04(const Facts& facts, const Findings&) {
  Calls bad;
  for (const Call* call : facts.after()) {
    const RedactedParts& parts = *call->parts;
    const bool http =
        has_flag(parts, kFlagAmbiguousFraming) || (parts.failure && parts.failure->kind == FailureKind::kProtocol);
    const bool json =
        parts.response && !parts.failure && !is_cut_short(*call) && body_kind(*parts.response) == BodyKind::kBrokenJson;
    if (http || json) bad.push_back(call);
  }
  if (facts.after().empty()) return no_calls();
  if (bad.empty()) return pass("the answers are sound HTTP and JSON");
  return fault("the answer of " + numbers(bad) + " breaks HTTP or JSON", bad,
               "report it with the recorded bytes: cvr show FILE N");
}

}  // namespace cvr::diagnose
