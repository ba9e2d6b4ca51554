// Which interactions of several cassettes make one.  Two are the same when their records are equal byte for
// byte, times included.  Values; one thread at a time.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/rewrite.h"
#include "cvr/cassette.h"
#include "cvr/match_rules.h"

namespace cvr::app {

struct MergePlan {
  std::vector<std::vector<bool>> keep;  // by source, then by interaction
  std::uint64_t duplicates = 0;         // left out since another source has the same
  // Of a three-way merge: which of ours (by index; all of them: behind the last) each of theirs stands in front of.
  // Of one place, theirs in their order.
  std::vector<std::size_t> before;
  // Of a three-way merge: requests that both sides recorded anew with different answers, for people.
  std::vector<std::string> conflicts;
};

// All of the first, and of each other what none before it has.
Result<MergePlan> plan_merge(const std::vector<const cassette::Reader*>& sources);

// What git asks of a merge driver: `ours` with what `theirs` did since `base`.  keep[0] is of ours, keep[1]
// of theirs; without `base` (nullptr) both sides began anew.  What both recorded anew counts once when it says the same
// but for volatile parts.  What theirs changed stands where the old one stood, what they added behind its neighbour:
// replay answers equal requests in order.
Result<MergePlan> plan_three_way(const cassette::Reader* base, const cassette::Reader& ours,
                                 const cassette::Reader& theirs, const match::MatchRules& rules,
                                 const std::vector<std::string>& volatile_headers);

// Writes what a three-way plan keeps, in its order; then the gaps and other records that only theirs has.
Result<void> weave(const MergePlan& plan, const cassette::Reader& ours, const cassette::Reader& theirs, Rewrite& out);

}  // namespace cvr::app
