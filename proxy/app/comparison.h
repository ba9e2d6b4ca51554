// Two cassettes side by side (`cvr diff`): what is the same, what changed, what only one of them has.
// Told interaction by interaction, so memory does not grow with what differs.  One thread at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "match/differences.h"
#include "match/pairing.h"

namespace cvr::app {

struct Compared {
  std::uint64_t first = 0, second = 0;  // numbers from 1; 0: it is not there
  std::string method, url;
  std::vector<match::PartDifference> differences;  // of a pair
};

struct ComparisonTotals {
  std::uint64_t same = 0;           // pairs without any difference
  std::uint64_t only_volatile = 0;  // pairs that differ in volatile parts only
  std::uint64_t changed = 0;
  std::uint64_t removed = 0;  // only in the first
  std::uint64_t added = 0;    // only in the second
  std::uint64_t unreadable = 0;
  bool is_equal() const { return changed + removed + added + unreadable == 0; }
};

// `told` gets every pair with a difference and whatever has no partner: pairs and removed ones in the
// first's order, then added ones.
ComparisonTotals compare(const match::Recording& first, const match::Recording& second, const match::MatchRules& rules,
                         const std::vector<std::string>& volatile_headers,
                         const std::function<void(const Compared&)>& told);

// For people (several lines), and as one JSON object on one line.
std::string to_text(const Compared& compared, bool with_volatile, bool colour);
std::string to_json(const Compared& compared);
std::string to_text(const ComparisonTotals& totals);
std::string to_json(const ComparisonTotals& totals);

}  // namespace cvr::app
