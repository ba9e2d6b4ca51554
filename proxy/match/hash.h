// 128-bit XXH3 (xxhash.com, not cryptographic), inlined: the texts here are short.  Pure.
// Two spellings are hashed side by side; they are equal where no pseudonym stands.
#pragma once

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <compare>
#include <cstdint>
#include <string_view>

namespace cvr::match {

struct Hash {
  std::uint64_t hi = 0, lo = 0;
  auto operator<=>(const Hash&) const = default;
};

// What is hashed is part of the hash (`seed`), so that the string "1" is not the number 1, nor {} [].
inline Hash hash_of(std::string_view text, std::uint64_t seed) {
  constexpr std::size_t kLong = 240;  // from here on XXH3 would derive a secret from the seed each time
  if (text.size() <= kLong) {
    const XXH128_hash_t h = XXH3_128bits_withSeed(text.data(), text.size(), seed);
    return {h.high64, h.low64};
  }
  const XXH128_hash_t h = XXH3_128bits(text.data(), text.size());
  return {h.high64 ^ seed, h.low64};
}

// Of hashes in sequence; how many there are is part of the hash.
template <class... Hashes>
Hash hash_of_all(const Hash& first, const Hashes&... more) {
  const Hash all[] = {first, more...};
  const XXH128_hash_t h = XXH3_128bits(all, sizeof all);
  return {h.high64, h.low64};
}

struct Digest {
  Hash by_kind;
  Hash exact;
  bool operator==(const Digest&) const = default;
};

}  // namespace cvr::match
