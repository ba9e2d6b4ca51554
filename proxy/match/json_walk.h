// A JSON body as values: member order, white space and the spelling of strings do not count; array
// order, the text of numbers (275.0 is not 275) and every member do.
#pragma once

#include "match/walk.h"

namespace cvr::match {

// Members an object may have; the digest of an object keeps one entry each until the object ends.
inline constexpr std::size_t kMostMembers = 1'000'000;

// Members named in rules.volatile_json are left out at any depth, with all that is in them.  False
// when `body` is no JSON, is deeper than 64 or has an object with more than kMostMembers; the
// visitor has seen a part of it then, and must restart.  parts.json_values: the user's rules for values.
bool walk_json(const RedactedText& body, const MatchRules& rules, const PartRules& parts, Visitor& visitor);

}  // namespace cvr::match
