// The ledger: the values known to be secret, and where they stand in a text, in every encoding of
// variants.h.  Memory only.
//
// Threads: `find` and `scan` take no lock and may run beside `learn`, which takes a mutex.  A value
// is known to the thread that learned it as soon as `learn` returns.
//
// Bounded: at most `max_values` values and `max_bytes` of them.  Nothing is ever dropped, because a
// dropped secret would pass from then on; a full ledger refuses new values and says so
// (`overflowed`), and the redactor then leaves out whatever it can not vouch for.
// About 1.2 KiB a value below 8,192 values, 0.5 KiB above (see anchor_table.h).
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "cvr/interaction.h"
#include "redact/anchor_table.h"
#include "redact/budget.h"
#include "redact/variants.h"

namespace cvr::redact {

inline constexpr std::size_t kMaxLedgerValue = 64u << 10;  // longer values are redacted in place only

struct LedgerEntry {
  std::string value;
  std::string pseudonym;
  Kind kind = Kind::kOther;
  bool given = false;    // by --secrets, not seen in traffic
  bool foreign = false;  // no secret: a pseudonym that a client sent back; pseudonym == value
};

struct LedgerHit {
  std::size_t begin = 0;
  std::size_t end = 0;
  const LedgerEntry* entry = nullptr;  // lives as long as the ledger
  Variant variant = Variant::kRaw;
};

class Ledger {
 public:
  struct Limits {
    std::size_t max_values = 100'000;  // below 2^20
    std::size_t max_bytes = 32u << 20;
    bool inside_numbers = false;  // digits count within longer numbers too: pieces do, values do not
  };
  // `seed`: unpredictable to peers (they choose values and texts).
  Ledger(std::uint64_t seed, Limits limits);
  ~Ledger();
  Ledger(const Ledger&) = delete;
  Ledger& operator=(const Ledger&) = delete;

  // The entry of exactly this value, or nullptr.
  const LedgerEntry* find(std::string_view value) const;

  // Precondition: 8 <= value.size() <= kMaxLedgerValue.  A known value stays as it is.  False: full.
  bool learn(LedgerEntry entry);

  // Appends every occurrence, not sorted; overlapping occurrences of one entry are joined.  When
  // the budget runs out the answer is incomplete and budget.exhausted() says so.
  void scan(std::string_view text, Budget& budget, std::vector<LedgerHit>& hits) const;

  // Where at the end of the text a value begins whose rest is missing: the smallest such offset, at
  // least eight bytes of it before the end, or text.size().  For texts that were cut: the first such question sorts the
  // beginnings of all values (200 bytes a value), and askers wait for each other.
  std::size_t begun_at_end(std::string_view text, Budget& budget) const;
  // The same of the other end: how many bytes of `text` are the end of a known value that began before it; 0: none.
  std::size_t ended_at_begin(std::string_view text, Budget& budget) const;

  // Puts what was given from the start into another one, which must not be shared yet.
  void copy_given(Ledger& to) const;

  std::size_t size() const { return count_.load(std::memory_order_acquire); }
  // Personal values may take half of it: a list of people must not keep credentials out.
  bool has_room_for_personal() const {
    return size() * 2 < limits_.max_values && bytes_.load(std::memory_order_relaxed) * 2 < limits_.max_bytes;
  }
  bool overflowed() const { return overflowed_.load(std::memory_order_relaxed); }
  // Some value holds a space: '+' for it is worth looking for.
  bool has_spaces() const { return has_spaces_.load(std::memory_order_relaxed); }
  // Bytes of the shortest value; no value is as long when there is none.
  std::size_t shortest() const { return shortest_.load(std::memory_order_relaxed); }

 private:
  static constexpr std::size_t kChunk = 256;
  using Chunk = std::array<LedgerEntry, kChunk>;
  struct Index;
  struct Border {
    std::uint64_t eight;  // the first or last eight bytes of a value in one of its forms
    std::uint32_t entry;
    std::uint32_t variant;
  };
  struct Borders {
    std::mutex mutex;
    std::vector<Border> starts;  // by eight
    std::vector<Border> ends;
    std::size_t entered = 0;  // values
    std::size_t longest = 0;  // bytes of a form
  };

  const LedgerEntry& entry(std::size_t i) const {
    return (*chunks_[i / kChunk].load(std::memory_order_acquire))[i % kChunk];
  }
  const LedgerEntry* find_in(const Index& index, std::string_view value) const;
  void enter(AnchorTable& table, std::uint32_t number);
  void enter_borders() const;
  // Whether some value's form that has these bytes at that border begins (`start`) or ends with `part`.
  bool is_part(const std::vector<Border>& borders, std::string_view part, bool start, Budget& budget) const;
  void grow_table();
  void grow_index();
  template <std::size_t kStride>
  void scan_table(const AnchorTable& table, std::string_view text, Budget& budget, std::vector<LedgerHit>& hits) const;
  void verify(std::string_view text, std::size_t window, const AnchorTable::Anchor& anchor, Budget& budget,
              std::vector<LedgerHit>& hits) const;

  const std::uint64_t seed_;
  const Limits limits_;
  std::atomic<std::size_t> count_ = 0;
  std::atomic<bool> overflowed_ = false;
  std::atomic<bool> has_spaces_ = false;
  std::atomic<std::size_t> shortest_ = kMaxLedgerValue + 1;
  std::unique_ptr<std::atomic<Chunk*>[]> chunks_;
  std::atomic<AnchorTable*> table_;
  std::atomic<Index*> index_;

  mutable Borders borders_;
  std::mutex mutex_;                    // guards what follows, and all writing
  std::atomic<std::size_t> bytes_ = 0;  // written under mutex_
  std::vector<std::unique_ptr<Chunk>> owned_chunks_;
  std::vector<std::unique_ptr<AnchorTable>> owned_tables_;  // the last one is in use
  std::vector<std::unique_ptr<Index>> owned_indexes_;
};

}  // namespace cvr::redact
