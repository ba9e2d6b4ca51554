// What differs between two interactions that belong together: request and response, part by part,
// JSON by path.  What the rules leave out of a match (volatile names of the profile, the user's "any")
// and headers that change with every message are marked, not hidden.  Times are not compared, and
// pseudonyms by kind: another token in the same place is no difference.
//
// At most 1,000 differences a body (match/changes.h).  Pure.
#pragma once

#include <string>
#include <vector>

#include "cvr/interaction.h"
#include "cvr/match_rules.h"

namespace cvr::match {

struct PartDifference {
  std::string part;    // "request query", "response body", "response header", "response status" ...
  std::string place;   // a JSON Pointer, the name of a pair or of a header; empty: the part itself
  std::string before;  // for people, printable and bounded; "absent"
  std::string after;
  bool is_volatile = false;
};

// `volatile_headers`: names of the profile, in any case, beside those of which every server's differ.
std::vector<PartDifference> differences(const RedactedParts& before, const RedactedParts& after,
                                        const MatchRules& rules, const std::vector<std::string>& volatile_headers);

// Whether a header says when or how a message was sent, and not what: Date, Age, Content-Length ...
bool is_volatile_header(std::string_view name, const std::vector<std::string>& more);

}  // namespace cvr::match
