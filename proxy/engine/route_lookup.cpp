#include "engine/route_lookup.h"

#include <algorithm>
#include <bit>

#include "cvr/result.h"

namespace cvr::engine {
namespace {

constexpr std::size_t kPerBin = 4;  // on average

std::size_t bins_for(std::size_t interactions) {
  return std::bit_floor(std::max<std::size_t>(interactions / kPerBin, 1));
}

}  // namespace

// Routes share their upper halves, so they are spread first.
std::size_t RouteLookup::bin_of(std::uint32_t route) const {
  const std::uint64_t spread = (route + std::uint64_t{1}) * 0x9e3779b97f4a7c15ULL;
  return shift_ >= 64 ? 0 : spread >> shift_;
}

RouteLookup::RouteLookup(const std::vector<std::uint32_t>& routes, KeyOf key_of)
    : key_of_(std::move(key_of)),
      begins_(bins_for(routes.size()) + 1),
      order_(std::make_unique_for_overwrite<std::uint32_t[]>(routes.size())),
      buckets_(std::make_unique_for_overwrite<Named[]>(routes.size())),
      groups_(std::make_unique_for_overwrite<Group[]>(routes.size())),
      counts_(begins_.size() - 1) {
  CVR_CHECK(routes.size() < 0xffffffffU);
  const std::size_t bins = begins_.size() - 1;
  shift_ = 65 - static_cast<int>(std::bit_width(bins));
  for (const std::uint32_t route : routes) ++begins_[bin_of(route) + 1];
  for (std::size_t i = 0; i < bins; ++i) begins_[i + 1] += begins_[i];
  std::vector<std::uint32_t> next = begins_;
  for (std::size_t i = 0; i < routes.size(); ++i) order_[next[bin_of(routes[i])]++] = static_cast<std::uint32_t>(i);
}

Bucket RouteLookup::find(const MatchKey& key) {
  const std::size_t bin = bin_of(match::route_in(key));
  const std::uint32_t begin = begins_[bin];
  if (begin == begins_[bin + 1]) return {};
  std::uint32_t count = counts_[bin].load(std::memory_order_acquire);
  if (count == 0) count = key_bin(bin);
  const Named* const first = buckets_.get() + begin;
  const auto before = [](const Named& bucket, const MatchKey& asked) {
    return std::pair(bucket.lo, bucket.hi) < std::pair(asked.bucket_lo, asked.bucket_hi);
  };
  const Named* const found = std::lower_bound(first, first + count, key, before);
  if (found == first + count || found->lo != key.bucket_lo || found->hi != key.bucket_hi) return {};
  return {static_cast<std::uint32_t>(found - buckets_.get()), found->first, found->last};
}

// Answers how many buckets there are: at least one.
std::uint32_t RouteLookup::key_bin(std::size_t bin) {
  const std::lock_guard lock(mutex_);
  if (const std::uint32_t count = counts_[bin].load(std::memory_order_relaxed)) return count;  // while we waited
  const std::uint32_t begin = begins_[bin];
  const std::vector<std::uint32_t> interactions(order_.get() + begin, order_.get() + begins_[bin + 1]);
  std::vector<MatchKey> keys;
  keys.reserve(interactions.size());
  for (const std::uint32_t interaction : interactions) keys.push_back(key_of_(interaction));
  const match::Index index(keys);
  const Grouping grouping = grouped(index);
  for (std::uint32_t i = 0; i < grouping.order.size(); ++i) order_[begin + i] = interactions[grouping.order[i]];
  for (std::uint32_t i = 0; i < grouping.groups.size(); ++i) {
    const Group& group = grouping.groups[i];
    groups_[begin + i] = {group.exact_lo, group.exact_hi, begin + group.begin, begin + group.end};
  }
  for (std::uint32_t i = 0; i < index.bucket_count(); ++i) {
    const auto& [lo, hi] = index.identity(i);
    buckets_[begin + i] = {lo, hi, begin + grouping.bucket_groups[i], begin + grouping.bucket_groups[i + 1]};
  }
  counts_[bin].store(index.bucket_count(), std::memory_order_release);
  return index.bucket_count();
}

}  // namespace cvr::engine
