#include "redact/anchor_table.h"

#include <algorithm>
#include <bit>

#include "cvr/result.h"

namespace cvr::redact {
namespace {

constexpr std::size_t kCandidates = 16;  // places in a pattern tried for the rarest windows
constexpr std::size_t kFineCrowd = 8;    // so few anchors in the way cost nothing
constexpr std::size_t kBitmapBitsPerAnchor = 32;
constexpr std::size_t kMaxBitmapBits = std::size_t{1} << 25;  // 4 MiB

// splitmix64: any seed, also a small one, gives a multiplier with bits everywhere.
std::uint64_t stirred(std::uint64_t seed) {
  seed += 0x9e3779b97f4a7c15;
  seed = (seed ^ seed >> 30) * 0xbf58476d1ce4e5b9;
  seed = (seed ^ seed >> 27) * 0x94d049bb133111eb;
  return seed ^ seed >> 31;
}

}  // namespace

AnchorTable::AnchorTable(std::size_t capacity, std::size_t stride, std::uint64_t seed)
    : capacity_(capacity), stride_(stride), multiplier_(stirred(seed) | 1) {
  CVR_CHECK(std::has_single_bit(capacity) && capacity >= 64 && (stride == 1 || stride == 4));
  const std::size_t bits = std::min(capacity * kBitmapBitsPerAnchor, kMaxBitmapBits);
  head_shift_ = 64 - std::countr_zero(capacity);
  bitmap_shift_ = 64 - std::countr_zero(bits);
  lengths_ = std::make_unique<std::uint32_t[]>(capacity);
  heads_ = std::make_unique<std::atomic<std::uint32_t>[]>(capacity);
  nodes_ = std::make_unique_for_overwrite<Node[]>(capacity);
  bitmap_ = std::make_unique<std::atomic<std::uint64_t>[]>(bits / 64);
}

// How many anchors a reader would meet at the windows at `base`.
std::size_t AnchorTable::crowd(std::string_view pattern, std::size_t base) const {
  std::size_t total = 0;
  for (std::size_t i = 0; i < stride_; ++i) {
    char window[8] = {};
    std::memcpy(window, pattern.data() + base + i, kWindow);
    total += lengths_[hash(window) >> head_shift_];
  }
  return total;
}

void AnchorTable::insert(std::string_view pattern, std::uint32_t entry, std::uint32_t variant) {
  CVR_CHECK(pattern.size() >= kMinPattern && used_ + stride_ <= capacity_);
  // Tokens of one kind share their beginning, series most of their windows: of a few places, from
  // an arbitrary one on, the least crowded is taken.
  const std::size_t places = pattern.size() - kMinPattern + 1;
  const std::size_t first = (entry * 0x9e3779b1ull + variant) % places;
  const std::size_t step = places / kCandidates + 1;
  std::size_t best = first;
  std::size_t best_crowd = ~std::size_t{0};
  for (std::size_t i = 0; i < kCandidates && i < places && best_crowd > kFineCrowd; ++i) {
    const std::size_t base = (first + step * i) % places;
    if (const std::size_t found = crowd(pattern, base); found < best_crowd) {
      best = base;
      best_crowd = found;
    }
  }
  for (std::size_t i = 0; i < stride_; ++i) {
    char window[8] = {};
    std::memcpy(window, pattern.data() + best + i, kWindow);
    const std::uint64_t h = hash(window);
    std::atomic<std::uint32_t>& head = heads_[h >> head_shift_];
    nodes_[used_] = {head.load(std::memory_order_relaxed), tag_of(h), entry, variant,
                     static_cast<std::uint32_t>(best + i)};
    ++lengths_[h >> head_shift_];
    head.store(static_cast<std::uint32_t>(used_ + 1), std::memory_order_release);
    const std::uint64_t bit = h >> bitmap_shift_;
    bitmap_[bit >> 6].fetch_or(std::uint64_t{1} << (bit & 63), std::memory_order_release);
    ++used_;
  }
}

}  // namespace cvr::redact
