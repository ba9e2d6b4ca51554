// Character classes of RFC 9110 section 5.6 and 5.5, as tables.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace cvr::http {

inline constexpr std::array<bool, 256> kTokenCharacters = [] {
  std::array<bool, 256> table{};
  for (const char c : std::string_view("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")) {
    table[static_cast<std::uint8_t>(c)] = true;
  }
  return table;
}();

// Field values: visible ASCII, space, tab and obs-text (0x80-0xff).
inline constexpr std::array<bool, 256> kValueCharacters = [] {
  std::array<bool, 256> table{};
  for (int c = 0; c < 256; ++c) table[static_cast<std::size_t>(c)] = (c >= 0x20 && c != 0x7f) || c == '\t';
  return table;
}();

inline bool is_token_character(char c) { return kTokenCharacters[static_cast<std::uint8_t>(c)]; }
inline bool is_value_character(char c) { return kValueCharacters[static_cast<std::uint8_t>(c)]; }

inline bool is_token(std::string_view text) {
  for (const char c : text) {
    if (!is_token_character(c)) return false;
  }
  return !text.empty();
}

}  // namespace cvr::http
