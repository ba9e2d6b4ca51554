// Keys are hashes, so the top bits of one say where it stands: buckets lie sorted in bins of a few,
// and a look-up touches one bin.  Building is a distribution into
// bins and a sort inside each, O(n) for honest keys; keys made to share a bin cost O(n log n) once
// and O(log n) a look-up.
#include <algorithm>
#include <bit>

#include "cvr/matcher.h"

namespace cvr::match {
namespace {

constexpr std::size_t kPerBin = 8;  // on average: the table of bins stays in the cache while it is filled
constexpr std::size_t kFew = 32;

using Numbers = std::vector<std::uint32_t>;

struct Bins {
  Numbers begins;  // one more than there are bins
  Numbers order;   // numbers of keys, by bin, in recorded order inside
};

template <class BinOf>
Bins distribute(const std::vector<MatchKey>& keys, std::size_t bins, BinOf bin_of) {
  Bins out{Numbers(bins + 1), Numbers(keys.size())};
  for (const MatchKey& key : keys) ++out.begins[bin_of(key) + 1];
  for (std::size_t i = 0; i < bins; ++i) out.begins[i + 1] += out.begins[i];
  Numbers next = out.begins;
  for (std::size_t i = 0; i < keys.size(); ++i) out.order[next[bin_of(keys[i])]++] = static_cast<std::uint32_t>(i);
  return out;
}

}  // namespace

std::size_t Index::bin_of(std::uint64_t lo) const { return shift_ >= 64 ? 0 : lo >> shift_; }

Index::Index(const std::vector<MatchKey>& keys) {
  CVR_CHECK(keys.size() < 0xffffffffU);
  const std::size_t bins = std::bit_floor(std::max<std::size_t>(keys.size() / kPerBin, 1));
  shift_ = 65 - static_cast<int>(std::bit_width(bins));
  auto [begins, order] = distribute(keys, bins, [this](const MatchKey& key) { return bin_of(key.bucket_lo); });
  entries_.reserve(keys.size());
  bins_.reserve(bins + 1);
  std::vector<std::pair<Identity, std::uint32_t>> sorted;  // of one bin, with the number of the key
  for (std::size_t bin = 0; bin < bins; ++bin) {
    sorted.clear();
    for (std::uint32_t at = begins[bin]; at < begins[bin + 1]; ++at) {
      const MatchKey& key = keys[order[at]];
      sorted.push_back({{key.bucket_lo, key.bucket_hi}, order[at]});
    }
    std::sort(sorted.begin(), sorted.end());
    bins_.push_back(bucket_count());
    const std::size_t first = identities_.size();
    for (const auto& [identity, i] : sorted) {
      if (identities_.size() == first || identities_.back() != identity) {
        identities_.push_back(identity);
        first_entries_.push_back(static_cast<std::uint32_t>(entries_.size()));
      }
      entries_.push_back({keys[i].exact_lo, keys[i].exact_hi, i});
    }
  }
  bins_.push_back(bucket_count());
  first_entries_.push_back(static_cast<std::uint32_t>(entries_.size()));
  identities_.shrink_to_fit();
  first_entries_.shrink_to_fit();
}

Index::Range Index::find(const MatchKey& key) const {
  const std::size_t bin = bin_of(key.bucket_lo);
  const auto first = identities_.begin() + bins_[bin];
  const auto last = identities_.begin() + bins_[bin + 1];
  const Identity wanted{key.bucket_lo, key.bucket_hi};
  const bool few = static_cast<std::size_t>(last - first) <= kFew;
  const auto found = few ? std::find(first, last, wanted) : std::lower_bound(first, last, wanted);
  if (found == last || *found != wanted) return {};
  return bucket(static_cast<std::uint32_t>(found - identities_.begin()));
}

Index::Range Index::bucket(std::uint32_t number) const {
  return {entries_.data() + first_entries_[number], entries_.data() + first_entries_[number + 1], number};
}

std::uint32_t Index::bucket_count() const { return static_cast<std::uint32_t>(identities_.size()); }

}  // namespace cvr::match
