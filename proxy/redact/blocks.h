// Sixteen bytes at a time: crossing the long stretches of a text in which nothing of interest stands.  GCC's
// vector types, so the same code serves every processor.  Pure.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace cvr::redact {

using Block = std::uint8_t __attribute__((vector_size(16)));
inline constexpr std::size_t kBlock = 16;

inline Block load_block(const char* p) {
  Block block;
  std::memcpy(&block, p, kBlock);
  return block;
}

template <class Mask>
bool any_of_block(const Mask& mask) {
  std::uint64_t halves[2];
  static_assert(sizeof mask == sizeof halves);
  std::memcpy(halves, &mask, sizeof halves);
  return (halves[0] | halves[1]) != 0;
}

// The first place at or after `at` where matches(text, place) holds, or the end.  `may_match(here, next)`: of
// 16 bytes and the 16 that begin one later, a mask that is not zero wherever it may.
template <class MayMatch, class Matches>
std::size_t find_in_blocks(std::string_view text, std::size_t at, const MayMatch& may_match, const Matches& matches) {
  while (at + kBlock < text.size()) {
    const char* p = text.data() + at;
    if (any_of_block(may_match(load_block(p), load_block(p + 1)))) {
      for (const std::size_t end = at + kBlock; at < end; ++at) {
        if (matches(text, at)) return at;
      }
    } else {
      at += kBlock;
    }
  }
  while (at < text.size() && !matches(text, at)) ++at;
  return at;
}

}  // namespace cvr::redact
