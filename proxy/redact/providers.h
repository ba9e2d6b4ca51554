// Tokens of well-known providers by what they begin with, and parameters whose value is a credential
// wherever a text shows them (connection strings, signed URLs).  Tables of patterns.h.
// Sources: the providers' documentation and GitHub's list of secret scanning patterns.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "cvr/interaction.h"

namespace cvr::redact {

// Which characters may follow a token's prefix.
enum class Tail : std::uint8_t {
  kAlnum,
  kAlnumUnderscore,
  kWord,     // and '-'
  kUpper,    // capitals and digits
  kHex,      // lower case
  kWordDot,  // kWord and '.'
  kBase64,   // kWord and "+/="
  kVisible,
};

struct Provider {
  std::string_view prefix;  // at least three characters
  Tail tail;
  std::size_t min_tail;
};
std::span<const Provider> providers();

// "AccountKey=", "&sig=": the value goes up to the next separator.
struct Parameter {
  std::string_view name;  // with its '='; compared as it is
  Kind kind;
  std::size_t min_value;
};
std::span<const Parameter> parameters();

}  // namespace cvr::redact
