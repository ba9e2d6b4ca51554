// Values of which only a part was replaced, because nobody knew the whole: "user:" and the pseudonym of a password that
// looked drawn.  When the whole becomes known, what is left of it is to go too: what the nets (patterns, entropy)
// replaced is noted (the newest stretches of up to 32 KiB, 1 MiB in all; and what they mean in other codings), and of a
// value in which one stands, the pieces beside it are looked for, in whatever spelling, in records of before, close to
// what was replaced there (rests.cpp); of one token any piece, because escapes and line breaks make its
// borders vague.  Elsewhere they are words like others (the host of a connection string).  Notes are raw: they stay in
// memory.  Synchronised.
#pragma once

#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "redact/ledger.h"
#include "redact/pseudonym.h"

namespace cvr::redact {

class Partials {
 public:
  // `seed`: as the ledger's.
  explicit Partials(std::uint64_t seed) : rests_(seed, {.inside_numbers = true}) {}

  void note(std::string_view raw);
  // The pieces of `value`, 12 bytes or more, between stretches that were replaced; none when none stands in it.
  std::vector<std::string_view> leftovers(std::string_view value) const;
  // `value` has become known: its leftovers go into the ledger of rests.
  void learn(std::string_view value, Kind kind, const Pseudonyms& pseudonyms);
  const Ledger& rests() const { return rests_; }

 private:
  void note_one(std::string_view raw);

  Ledger rests_;
  mutable std::mutex mutex_;
  std::unordered_set<std::string> noted_;
  std::deque<const std::string*> order_;  // of noted_, the oldest first
  std::size_t bytes_ = 0;                 // of noted_
};

}  // namespace cvr::redact
