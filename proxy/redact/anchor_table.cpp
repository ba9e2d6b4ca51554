#include "redact/anchor_table.h"

#include <algorithm>
#include <bit>

#include "cvr/result.h"

namespace cvr::redact {
namespace {

constexpr std::size_t kCandidates = 4;  // places in a pattern tried for the rarest windows
constexpr std::size_t kBitmapBitsPerSlot = 16;
constexpr std::size_t kMaxBitmapBits = std::size_t{1} << 25;  // 4 MiB

}  // namespace

AnchorTable::AnchorTable(std::size_t slots, std::size_t stride, std::uint64_t multiplier)
    : slot_count_(slots), stride_(stride), multiplier_(multiplier | 1) {
  CVR_CHECK(std::has_single_bit(slots) && slots >= 64 && (stride == 1 || stride == 4));
  const std::size_t bits = std::min(slots * kBitmapBitsPerSlot, kMaxBitmapBits);
  slot_shift_ = 64 - std::countr_zero(slots);
  bitmap_shift_ = 64 - std::countr_zero(bits);
  slots_ = std::make_unique<std::atomic<std::uint64_t>[]>(slots);
  bitmap_ = std::make_unique<std::atomic<std::uint64_t>[]>(bits / 64);
}

// How many slots a reader would look at for the windows at `base`.
std::size_t AnchorTable::crowd(std::string_view pattern, std::size_t base) const {
  std::size_t total = 0;
  for (std::size_t i = 0; i < stride_; ++i) {
    char window[8] = {};
    std::memcpy(window, pattern.data() + base + i, kWindow);
    std::uint64_t hits = 0;
    for_each(hash(window), [&](const Anchor&) { ++hits; });
    total += hits;
  }
  return total;
}

void AnchorTable::insert(std::string_view pattern, std::uint32_t entry, std::uint32_t variant) {
  CVR_CHECK(pattern.size() >= kMinPattern && !crowded());
  // Tokens of one kind share their beginning: of a few places the least crowded is taken, from the
  // middle on.
  const std::size_t last = pattern.size() - kMinPattern;
  std::size_t best = last / 2;
  std::size_t best_crowd = crowd(pattern, best);
  for (std::size_t i = 1; i < kCandidates && best_crowd > 0 && last > 0; ++i) {
    const std::size_t base = (last / 2 + last * i / kCandidates + i) % (last + 1);
    if (const std::size_t found = crowd(pattern, base); found < best_crowd) {
      best = base;
      best_crowd = found;
    }
  }
  for (std::size_t i = 0; i < stride_; ++i) {
    char window[8] = {};
    std::memcpy(window, pattern.data() + best + i, kWindow);
    const std::uint64_t h = hash(window);
    std::size_t at = slot_of(h);
    while (slots_[at].load(std::memory_order_relaxed) != 0) at = (at + 1) & (slot_count_ - 1);
    const std::uint64_t slot = (tag_of(h) >> 44) << 44 | static_cast<std::uint64_t>(entry) << 24 |
                               static_cast<std::uint64_t>(variant) << 20 | static_cast<std::uint64_t>(best + i) << 1 |
                               1;
    slots_[at].store(slot, std::memory_order_release);
    const std::uint64_t bit = h >> bitmap_shift_;
    bitmap_[bit >> 6].fetch_or(std::uint64_t{1} << (bit & 63), std::memory_order_release);
    ++used_;
  }
}

}  // namespace cvr::redact
