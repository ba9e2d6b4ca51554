// G04: the token's claim of its tenant differs from that of the last token that worked.
#include "diagnose/rules/claims.h"

namespace cvr::diagnose {

Finding g04(const Facts& facts, const Findings&) { return compare_claim(facts, facts.vendor().tenant_claim, "tenant"); }

}  // namespace cvr::diagnose
