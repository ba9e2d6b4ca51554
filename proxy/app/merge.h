// Which interactions of several cassettes make one.  Two are the same when their records are equal byte for
// byte, times included.  Values; one thread at a time.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cvr/cassette.h"
#include "cvr/match_rules.h"

namespace cvr::app {

struct MergePlan {
  std::vector<std::vector<bool>> keep;  // by source, then by interaction
  std::uint64_t duplicates = 0;         // left out since another source has the same
  // Of a three-way merge: requests that both sides recorded anew with different answers, for people.
  std::vector<std::string> conflicts;
};

// All of the first, and of each other what none before it has.
Result<MergePlan> plan_merge(const std::vector<const cassette::Reader*>& sources);

// What git asks of a merge driver: `ours` with what `theirs` did since `base`.  keep[0] is of ours, keep[1]
// of theirs; without `base` (nullptr) both sides began anew.  What both recorded anew counts once when it says the same
// but for volatile parts.
Result<MergePlan> plan_three_way(const cassette::Reader* base, const cassette::Reader& ours,
                                 const cassette::Reader& theirs, const match::MatchRules& rules,
                                 const std::vector<std::string>& volatile_headers);

}  // namespace cvr::app
