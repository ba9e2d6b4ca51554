// Recordings as a player gives them out: in buckets (requests equal but for pseudonyms), and within a bucket in groups
// of equal `exact` identity, in the order of their first recording; a group's recordings are in recorded order.
// Values; any thread.
#pragma once

#include <cstdint>
#include <vector>

#include "cvr/matcher.h"

namespace cvr::engine {

struct Group {
  std::uint64_t exact_lo, exact_hi;
  std::uint32_t begin, end;  // places in the order
};

struct Bucket {
  std::uint32_t number = 0;           // of this bucket alone
  std::uint32_t first = 0, last = 0;  // groups
  bool empty() const { return first == last; }
};

struct Grouping {
  std::vector<std::uint32_t> bucket_groups;  // the first group of each bucket of the index, and one more
  std::vector<Group> groups;
  std::vector<std::uint32_t> order;  // numbers of keys, group after group
};
Grouping grouped(const match::Index& index);

}  // namespace cvr::engine
