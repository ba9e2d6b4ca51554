// Two recordings side by side: which request of one is which of the other.
//
// Equal requests are paired first (the bucket of the key), then those to the same path, then those to
// the same route (path segments with digits left open); each time in recorded order.  Linear in the
// number of requests, but for the sorting.  Pure.
#pragma once

#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "cvr/matcher.h"

namespace cvr::match {

struct Recording {
  std::uint64_t count = 0;
  std::function<Result<RedactedInteraction>(std::uint64_t index)> fetch;
};

using Pair = std::pair<std::uint64_t, std::uint64_t>;  // indexes from 0

struct Pairing {
  std::vector<Pair> equal;                                // one request, by the rules
  std::vector<Pair> same_path, same_route;                // that differ somewhere
  std::vector<std::uint64_t> only_first, only_second;     // numbers, from 1
  std::vector<std::uint64_t> unreadable_a, unreadable_b;  // numbers, from 1: not among the others
};

Pairing pair(const Recording& first, const Recording& second, const MatchRules& rules);

}  // namespace cvr::match
