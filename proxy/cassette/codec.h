// The payload of an interaction's frame: a fixed part, then msgpack, compressed where that pays
// (FORMAT.md, "An interaction").  The fixed part lets a cassette be opened without decoding.
// `encode` and `decode` of cvr/cassette.h are defined in codec.cpp.  Pure.
#pragma once

#include <string_view>

#include "cvr/interaction.h"

namespace cvr::cassette {

inline constexpr std::size_t kKeySize = 40;
inline constexpr std::size_t kInteractionPrefix = 8 + kKeySize + 4;

struct Prefix {
  std::int64_t started_utc_us = 0;
  MatchKey key;
};
// `payload` has at least kInteractionPrefix bytes; index entries share the layout of the first 48.
Prefix read_prefix(std::string_view payload);
void append_prefix(std::string& out, const Prefix& prefix);  // 48 bytes

}  // namespace cvr::cassette
