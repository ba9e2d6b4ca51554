// Where a request goes, in 32 bits that stand at the top of MatchKey::bucket_hi: a nearest recording
// is looked for among equals of these before anything is decoded.  Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "cvr/interaction.h"
#include "cvr/match_rules.h"

namespace cvr::match {

// High half: method, origin and the path with every segment that holds a digit left open.  Low half:
// method, origin and the whole path.  `path`: its leaf by kind (what counts in a bucket).  What the
// rules leave out or generalise has no share in it.
std::uint32_t route_of(const RedactedRequest& request, const PartRules& parts, std::string_view path);

// For people: "POST /trips/*".  Path segments with digits are open, as in the high half of route_of.
std::string route_text(const RedactedRequest& request);

// 2: as good as certainly the same method, origin and path; 1: the same but for segments with
// digits; 0: neither.
int closeness(const MatchKey& a, const MatchKey& b);

}  // namespace cvr::match
