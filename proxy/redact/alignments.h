// What stands behind something else in one run of base64 or hex ("v1_eyJ...", "cache/H4sI...", "k6b657923"): where, at
// each of the ways to divide the characters, text or compressed data begins.  One look at the characters, so that only
// what may be worth it is decoded.  Pure.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace cvr::redact {

inline constexpr std::size_t kMinStreak = 11;  // readable bytes in a row: the shortest thing encoded again

// Of the places p, p + 4, p + 8 ... of a run of base64.  npos: nowhere.
struct Alignment {
  bool may_read = false;                        // somewhere it may hold readable bytes in a row
  std::size_t text = std::string_view::npos;    // from here on most of it is readable
  std::size_t packed = std::string_view::npos;  // the group with the first byte of compressed data
};
std::array<Alignment, 4> alignments_of(std::string_view run);

// Whether the pairs from the beginning on may hold readable bytes in a row.
bool may_read_as_hex(std::string_view digits);

// The first place at or after `from` of compressed data in hex; npos: none.
std::size_t next_packed_hex(std::string_view digits, std::size_t from);

}  // namespace cvr::redact
