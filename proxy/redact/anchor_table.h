// A multi-pattern table that is read without locks while it grows: the ledger's search structure.
//
// A pattern of at least eight bytes is entered by windows of five bytes.  With stride 4 it gives
// four consecutive windows, so that a reader who looks at every fourth position of a text meets
// exactly one of them for every occurrence; with stride 1 it gives one, for a quarter of the memory.
// A reader asks a bitmap first (about one probe a four bytes of text), then the chain of anchors
// with that hash.  The cost hardly depends on the number of patterns as long as the bitmap stays in
// the cache.  Chains, not open addressing: values of one series ("session-1042") share windows, and
// their crowds would spread over their neighbours' slots.
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

  // This pattern has the window at this offset.
  struct Anchor {
    std::uint32_t entry;    // of the ledger, below 2^20
    std::uint32_t variant;  // below 2^8
    std::uint32_t offset;   // of the window in the pattern, below 2^20
  };

  // `capacity`: anchors, a power of two.  `seed`: secret to the process.
  AnchorTable(std::size_t capacity, std::size_t stride, std::uint64_t seed);

  std::size_t stride() const { return stride_; }
  std::size_t used() const { return used_; }
  // No room for one more value in all its forms.
  bool full() const { return used_ + kMostAnchors > capacity_; }

  // Precondition: pattern.size() >= kMinPattern, and room for the anchors (stride() of them).
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
  // anchors looked at.
  template <class Visit>
  std::uint64_t for_each(std::uint64_t hash, const Visit& visit) const {
    std::uint64_t seen = 0;
    const std::uint32_t tag = tag_of(hash);
    for (std::uint32_t at = heads_[hash >> head_shift_].load(std::memory_order_acquire); at != 0;) {
      const Node& node = nodes_[at - 1];
      if (node.tag == tag) visit(Anchor{node.entry, node.variant, node.offset});
      at = node.next;
      ++seen;
    }
    return seen;
  }

 private:
  static constexpr std::size_t kMostAnchors = 80;  // 17 forms, 4 windows each, and some room
  struct Node {                                    // written before its head is published, never changed after
    std::uint32_t next;                            // number of the node + 1, 0 at the end
    std::uint32_t tag;
    std::uint32_t entry : 24;
    std::uint32_t variant : 8;
    std::uint32_t offset;
  };
  // The top of the hash chooses the chain, so the tag is stirred once more.
  static std::uint32_t tag_of(std::uint64_t hash) {
    return static_cast<std::uint32_t>(hash * 0x9e3779b97f4a7c15 >> 32);
  }
  std::size_t crowd(std::string_view pattern, std::size_t base) const;

  std::size_t capacity_;
  std::size_t stride_;
  std::uint64_t multiplier_;
  int head_shift_;
  int bitmap_shift_;
  std::size_t used_ = 0;
  std::unique_ptr<std::atomic<std::uint32_t>[]> heads_;
  std::unique_ptr<Node[]> nodes_;
  std::unique_ptr<std::uint32_t[]> lengths_;  // of the chains; the writer's
  std::unique_ptr<std::atomic<std::uint64_t>[]> bitmap_;
};

}  // namespace cvr::redact
