// Character classes of RFC 9110 section 5.6 and 5.5 and RFC 9112 section 3, as tables, and the scan
// over a field value.  Pure.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace cvr::http {

inline constexpr std::array<bool, 256> kTokenCharacters = [] {
  std::array<bool, 256> table{};
  for (const char c :
       std::string_view("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")) {
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
// Request targets: visible ASCII.  Browsers send '|', '"' and the like unescaped; they have one reading.
inline bool is_target_character(char c) { return c > 0x20 && static_cast<std::uint8_t>(c) < 0x7f; }

inline bool is_token(std::string_view text) {
  for (const char c : text) {
    if (!is_token_character(c)) return false;
  }
  return !text.empty();
}

// Where the run of value characters that begins at `from` ends; text.size() when it does not.
// Eight bytes at a time (exact for the lowest marked byte, and only that one is looked at).
inline std::size_t end_of_value(std::string_view text, std::size_t from) {
  std::size_t at = from;
  if constexpr (std::endian::native == std::endian::little) {
    constexpr std::uint64_t kOnes = 0x0101010101010101U;
    constexpr std::uint64_t kHighs = 0x8080808080808080U;
    while (at + 8 <= text.size()) {
      std::uint64_t word = 0;
      std::memcpy(&word, text.data() + at, 8);
      const std::uint64_t deleted = word ^ (kOnes * 0x7f);
      const std::uint64_t marks = (((word - kOnes * 0x20) & ~word) | ((deleted - kOnes) & ~deleted)) & kHighs;
      if (marks == 0) {
        at += 8;
        continue;
      }
      at += static_cast<std::size_t>(std::countr_zero(marks)) / 8;
      if (text[at] != '\t') return at;
      ++at;
    }
  }
  while (at < text.size() && is_value_character(text[at])) ++at;
  return at;
}

}  // namespace cvr::http
