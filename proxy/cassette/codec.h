// The payload of an interaction's frame: a fixed part, then msgpack, compressed where that pays
// (FORMAT.md, "An interaction").  The fixed part lets a cassette be opened without decoding.
// `encode` and `decode` of cvr/cassette.h are defined in codec.cpp.  Pure.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "cassette/compress.h"
#include "cvr/interaction.h"
#include "cvr/result.h"

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

// The record whose msgpack is the dictionary of another one.
struct Lender {
  std::uint64_t n = 0;  // 0: none
  const Dictionary* dictionary = nullptr;
};
std::string encode_payload(const Prefix& prefix, std::string_view msgpack, Lender lender = {});

// The payload of an earlier interaction, by its number.
using PayloadOf = std::function<Result<std::string_view>(std::uint64_t n)>;
// The msgpack of an interaction; `plain` holds what had to be unpacked.
Result<std::string_view> msgpack_of(std::string_view payload, const PayloadOf& earlier, std::string& plain);
// A record that may lean on earlier ones (FORMAT.md, "What stands elsewhere"): at most three more are looked at.
Result<RedactedInteraction> decode(std::string_view payload, const PayloadOf& earlier);

}  // namespace cvr::cassette
