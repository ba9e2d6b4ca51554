#include "engine/lookup.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "cvr/matcher.h"
#include "cvr/result.h"

namespace cvr::engine {
namespace {

// Little-endian throughout, as all of a cassette; this machine must be so too (an other one builds the
// table anew, since `view` finds no magic).
constexpr std::uint32_t kMagic = 0x31504b4c;  // "LKP1"
constexpr std::size_t kHead = 32;             // magic, bins, buckets, groups, interactions, 4 spare, rules
constexpr std::size_t kIdentity = 16;
constexpr std::size_t kGroup = 24;
constexpr std::uint32_t kFew = 32;

template <class T>
void put(std::vector<char>& out, const T& value) {
  const char* raw = reinterpret_cast<const char*>(&value);
  out.insert(out.end(), raw, raw + sizeof value);
}

}  // namespace

std::uint32_t Lookup::word(std::size_t at) const {
  std::uint32_t value;
  std::memcpy(&value, bytes_.data() + at, sizeof value);
  return value;
}

std::uint64_t Lookup::long_word(std::size_t at) const {
  std::uint64_t value;
  std::memcpy(&value, bytes_.data() + at, sizeof value);
  return value;
}

Lookup Lookup::build(const std::vector<MatchKey>& keys) {
  const match::Index index(keys);
  const Grouping draft = grouped(index);
  Lookup out;
  std::vector<char>& raw = out.own_;
  const std::vector<std::uint32_t>& bins = index.bins();
  raw.reserve(kHead + bins.size() * 4 + index.bucket_count() * (kIdentity + 4) + 4 + draft.groups.size() * kGroup +
              draft.order.size() * 4);
  put(raw, kMagic);
  put(raw, static_cast<std::uint32_t>(bins.size() - 1));
  put(raw, index.bucket_count());
  put(raw, static_cast<std::uint32_t>(draft.groups.size()));
  put(raw, static_cast<std::uint32_t>(draft.order.size()));
  put(raw, std::uint32_t{0});
  put(raw, keys.empty() ? std::uint64_t{0} : keys.front().rules);
  for (const std::uint32_t begin : bins) put(raw, begin);
  for (std::uint32_t bucket = 0; bucket < index.bucket_count(); ++bucket) {
    const auto [lo, hi] = index.identity(bucket);
    put(raw, lo);
    put(raw, hi);
  }
  for (const std::uint32_t first : draft.bucket_groups) put(raw, first);
  for (const Group& group : draft.groups) put(raw, group);
  for (const std::uint32_t interaction : draft.order) put(raw, interaction);
  CVR_CHECK(out.adopt({raw.data(), raw.size()}));
  return out;
}

std::string Lookup::encode(const std::vector<MatchKey>& keys) {
  const auto other = [&](const MatchKey& key) { return key.rules != keys.front().rules; };
  if (keys.empty() || std::ranges::any_of(keys, other)) return {};
  return std::string(build(keys).bytes());
}

bool Lookup::adopt(std::string_view bytes) {
  static_assert(sizeof(Group) == kGroup);
  if (std::endian::native != std::endian::little) return false;
  if (bytes.size() < kHead) return false;
  bytes_ = bytes;
  if (word(0) != kMagic) return false;
  bins_ = word(4);
  buckets_ = word(8);
  groups_ = word(12);
  interactions_ = word(16);
  if (!std::has_single_bit(bins_)) return false;
  shift_ = 65 - static_cast<int>(std::bit_width(bins_));
  bins_at_ = kHead;
  identities_at_ = bins_at_ + (std::size_t{bins_} + 1) * 4;
  bucket_groups_at_ = identities_at_ + std::size_t{buckets_} * kIdentity;
  groups_at_ = bucket_groups_at_ + (std::size_t{buckets_} + 1) * 4;
  order_at_ = groups_at_ + std::size_t{groups_} * kGroup;
  return bytes.size() == order_at_ + std::size_t{interactions_} * 4;
}

std::optional<Lookup> Lookup::view(std::string_view bytes, std::uint64_t count, std::uint64_t rules) {
  Lookup out;
  if (!out.adopt(bytes) || out.interactions_ != count || out.long_word(24) != rules) return std::nullopt;
  return out;
}

// What a forged table says is cut to what there is: it can answer wrongly, as a forged record can, and no more.
Bucket Lookup::find(const MatchKey& key) const {
  const std::size_t bin = bin_of(key.bucket_lo);
  const std::uint32_t last = std::min(word(bins_at_ + (bin + 1) * 4), buckets_);
  std::uint32_t first = std::min(word(bins_at_ + bin * 4), last);
  const auto lo = [&](std::uint32_t bucket) { return long_word(identities_at_ + std::size_t{bucket} * kIdentity); };
  const auto hi = [&](std::uint32_t bucket) { return long_word(identities_at_ + std::size_t{bucket} * kIdentity + 8); };
  for (std::uint32_t count = last - first; count > kFew;) {
    const std::uint32_t half = count / 2;
    const std::uint32_t middle = first + half;
    if (std::pair(lo(middle), hi(middle)) <= std::pair(key.bucket_lo, key.bucket_hi)) {
      first = middle;
      count -= half;
    } else {
      count = half;
    }
  }
  for (std::uint32_t bucket = first; bucket < last && lo(bucket) <= key.bucket_lo; ++bucket) {
    if (lo(bucket) != key.bucket_lo || hi(bucket) != key.bucket_hi) continue;
    Bucket out{bucket, word(bucket_groups_at_ + std::size_t{bucket} * 4),
               word(bucket_groups_at_ + (std::size_t{bucket} + 1) * 4)};
    out.last = std::min(out.last, groups_);
    out.first = std::min(out.first, out.last);
    return out;
  }
  return {};
}

Group Lookup::group(std::uint32_t index) const {
  Group out;
  std::memcpy(&out, bytes_.data() + groups_at_ + std::size_t{index} * kGroup, sizeof out);
  out.end = std::min(out.end, interactions_);
  out.begin = std::min(out.begin, out.end);
  return out;
}

std::uint32_t Lookup::interaction(std::uint32_t place) const {
  return std::min(word(order_at_ + std::size_t{place} * 4), interactions_ - 1);
}

}  // namespace cvr::engine
