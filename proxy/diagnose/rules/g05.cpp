// G05: the token's claim of its type differs from that of the last token that worked.
#include "diagnose/rules/claims.h"

namespace cvr::diagnose {

Finding g05(const Facts& facts, const Findings&) { return compare_claim(facts, facts.vendor().type_claim, "type"); }

}  // namespace cvr::diagnose
