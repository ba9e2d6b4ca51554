// A multi-pattern table that is read without locks while it grows: the ledger's search structure.
//
// A pattern of at least eight bytes is entered by windows of five bytes.  With stride 4 it gives
// four consecutive windows, so that a reader who looks at every fourth position of a text meets
// exactly one of them for every occurrence; with stride 1 it gives one, for a quarter of the memory.
// A reader asks a bitmap first (about one probe a four bytes of text), then the slots.  The cost
// hardly depends on the number of patterns as long as the bitmap stays in the cache.
//
// Weighed against it: Aho-Corasick (states for every byte of every encoding of a 9 KB token, no
// lock-free insertion) and Hyperscan (recompiling its database for every value learned).
//
// One writer at a time (the ledger's mutex); any number of readers.  A table never moves: the
// ledger replaces it by a bigger one and keeps the old one until its own end, so readers need no
// counting.  Old tables together are smaller than the current one.
#pragma once

#include <atomic>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>

namespace cvr::redact {

class AnchorTable {
 public:
  static constexpr std::size_t kWindow = 5;
  static constexpr std::size_t kMinPattern = 8;

  // What a slot says: this pattern has this window at this offset.
  struct Anchor {
    std::uint32_t entry;    // of the ledger, below 2^20
    std::uint32_t variant;  // below 2^4
    std::uint32_t offset;   // of the window in the pattern, below 2^20
  };

  // `slots`: a power of two.  `multiplier`: odd, secret to the process.
  AnchorTable(std::size_t slots, std::size_t stride, std::uint64_t multiplier);

  std::size_t stride() const { return stride_; }
  std::size_t used() const { return used_; }
  std::size_t slots() const { return slot_count_; }
  bool crowded() const { return (used_ + 64) * 2 > slot_count_; }

  // Precondition: pattern.size() >= kMinPattern, not crowded().
  void insert(std::string_view pattern, std::uint32_t entry, std::uint32_t variant);

  // Eight bytes at `p`, of which five count.
  std::uint64_t hash(const char* p) const {
    std::uint64_t word;
    std::memcpy(&word, p, 8);
    return (word << 24) * multiplier_;
  }
  bool may_hold(std::uint64_t hash) const {
    const std::uint64_t bit = hash >> bitmap_shift_;
    return (bitmap_[bit >> 6].load(std::memory_order_relaxed) >> (bit & 63) & 1) != 0;
  }
  // Calls visit(Anchor) for every anchor of that hash (rarely a foreign one); answers the number of
  // slots looked at.
  template <class Visit>
  std::uint64_t for_each(std::uint64_t hash, const Visit& visit) const {
    std::uint64_t seen = 0;
    for (std::size_t at = slot_of(hash);; at = (at + 1) & (slot_count_ - 1)) {
      const std::uint64_t slot = slots_[at].load(std::memory_order_acquire);
      ++seen;
      if (slot == 0) return seen;
      if ((slot ^ tag_of(hash)) >> 44 == 0) visit(unpack(slot));
    }
  }

 private:
  // tag:20 | entry:20 | variant:4 | offset:19 | 1
  // The top of the hash chooses the slot, so the tag is stirred once more.
  static std::uint64_t tag_of(std::uint64_t hash) { return hash * 0x9e3779b97f4a7c15; }
  static Anchor unpack(std::uint64_t slot) {
    return {static_cast<std::uint32_t>(slot >> 24 & 0xfffff), static_cast<std::uint32_t>(slot >> 20 & 0xf),
            static_cast<std::uint32_t>(slot >> 1 & 0x7ffff)};
  }
  std::size_t slot_of(std::uint64_t hash) const { return static_cast<std::size_t>(hash >> slot_shift_); }
  std::size_t crowd(std::string_view pattern, std::size_t base) const;

  std::size_t slot_count_;
  std::size_t stride_;
  std::uint64_t multiplier_;
  int slot_shift_;
  int bitmap_shift_;
  std::size_t used_ = 0;
  std::unique_ptr<std::atomic<std::uint64_t>[]> slots_;
  std::unique_ptr<std::atomic<std::uint64_t>[]> bitmap_;
};

}  // namespace cvr::redact
