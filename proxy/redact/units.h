// What a view reads at one place of a text: the units of its coding.  Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "redact/views.h"

namespace cvr::redact {

// Bytes that it takes in the text, and what it means.  Nothing to decode: size 1 and the byte itself.
struct Unit {
  std::size_t size = 1;
  std::uint32_t code_point = 0;
  bool is_byte = true;    // else a code point, to be written in UTF-8
  bool is_empty = false;  // means nothing
};

Unit unit_at(std::string_view text, std::size_t at, View view);
std::size_t meant_size(const Unit& unit);  // bytes

// Where the next character stands that may begin something encoded, or the end.
std::size_t next_sign(std::string_view text, std::size_t at, View view);

inline constexpr std::string_view kCdataOpen = "<![CDATA[";
inline constexpr std::string_view kCdataClose = "]]>";

}  // namespace cvr::redact
