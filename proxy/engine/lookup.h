// The table behind a player: from the key of a request to the recordings that answer it (grouping.h).
//
// The table is flat bytes, so a sealed cassette can carry it (cassettes/FORMAT.md, "A lookup") and a
// player can use it from the mapped file: opening 1,000,000 interactions costs no memory of its own and
// one checksum.  `view` trusts nothing: every number that it reads is held against the table's size.
// Immutable, any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/grouping.h"

namespace cvr::engine {

class Lookup {
 public:
  // Works the table out: O(n) for honest keys.  keys[i] belongs to interaction i; fewer than 2^32.
  static Lookup build(const std::vector<MatchKey>& keys);
  // A table that `bytes` hold, made for `count` interactions under rules with this fingerprint; nullopt:
  // it is another one, or not sound.  Borrows the bytes.
  static std::optional<Lookup> view(std::string_view bytes, std::uint64_t count, std::uint64_t rules);

  Lookup(Lookup&&) noexcept = default;  // views into a moved vector stay good
  Lookup& operator=(Lookup&&) noexcept = default;

  // The bytes of a table for keys that are all of one fingerprint; else empty (cassette::WriterOptions).
  static std::string encode(const std::vector<MatchKey>& keys);

  // The bytes, for `view`.
  std::string_view bytes() const { return bytes_; }

  // O(1), and O(log n) for hostile keys; allocates nothing.
  Bucket find(const MatchKey& key) const;
  Group group(std::uint32_t index) const;
  std::uint32_t interaction(std::uint32_t place) const;
  std::uint32_t groups() const { return groups_; }
  std::uint32_t buckets() const { return buckets_; }
  std::uint32_t size() const { return interactions_; }

 private:
  Lookup() = default;
  bool adopt(std::string_view bytes);
  std::uint32_t word(std::size_t at) const;
  std::uint64_t long_word(std::size_t at) const;
  std::size_t bin_of(std::uint64_t lo) const { return shift_ >= 64 ? 0 : lo >> shift_; }

  std::vector<char> own_;  // empty when the bytes are borrowed
  std::string_view bytes_;
  std::uint32_t bins_ = 0, buckets_ = 0, groups_ = 0, interactions_ = 0;
  int shift_ = 64;
  std::size_t bins_at_ = 0, identities_at_ = 0, bucket_groups_at_ = 0, groups_at_ = 0, order_at_ = 0;
};

}  // namespace cvr::engine
