#include <algorithm>
#include <numeric>

#include "cvr/matcher.h"

namespace cvr::match {

Index::Index(const std::vector<MatchKey>& keys) {
  std::vector<std::uint32_t> order(keys.size());
  std::iota(order.begin(), order.end(), 0U);
  const auto bucket = [&](std::uint32_t i) { return std::pair(keys[i].bucket_lo, keys[i].bucket_hi); };
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return bucket(a) < bucket(b); });
  entries_.reserve(keys.size());
  for (const std::uint32_t i : order) {
    const auto at = static_cast<std::uint32_t>(entries_.size());
    if (buckets_.empty() || buckets_.back().lo != keys[i].bucket_lo || buckets_.back().hi != keys[i].bucket_hi) {
      buckets_.push_back({keys[i].bucket_lo, keys[i].bucket_hi, at, at});
    }
    entries_.push_back({keys[i].exact_lo, keys[i].exact_hi, i});
    buckets_.back().end = at + 1;
  }
}

Index::Range Index::find(const MatchKey& key) const {
  const auto found = std::lower_bound(buckets_.begin(), buckets_.end(), key, [](const Bucket& b, const MatchKey& k) {
    return std::pair(b.lo, b.hi) < std::pair(k.bucket_lo, k.bucket_hi);
  });
  if (found == buckets_.end() || found->lo != key.bucket_lo || found->hi != key.bucket_hi) return {};
  Range range;
  range.first = entries_.data() + found->begin;
  range.last = entries_.data() + found->end;
  range.bucket = static_cast<std::uint32_t>(found - buckets_.begin());
  return range;
}

std::uint32_t Index::bucket_count() const { return static_cast<std::uint32_t>(buckets_.size()); }

}  // namespace cvr::match
