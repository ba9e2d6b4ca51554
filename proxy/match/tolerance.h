// Numbers that a rule "number:T" lets differ.  Nearness is not transitive, so no key can hold it: keys
// say "a number" (and are equal exactly for equal numbers), and this looks at the candidates.
#pragma once

#include <optional>

#include "cvr/matcher.h"

namespace cvr::match {

bool has_tolerance(const PartRules& parts);

// For two requests that are equal but for such numbers: the first pair that is further apart than its
// rule allows.  Elements of a bag ("set") are compared in the order of their values.
std::optional<Difference> beyond_tolerance(const RedactedRequest& asked, const RedactedRequest& recorded,
                                           const MatchRules& rules);

}  // namespace cvr::match
