// The forms in which the ledger looks for a value by its bytes.  Of percent-coding, JSON escapes and
// HTML entities a value has countless spellings, so there the text is decoded instead (views.h); their
// plain forms are here all the same, because a '%' or '\\' just before one makes a decoder read it
// differently.  Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace cvr::redact {

// kBase64_N: the value begins at byte N of a group of three.
enum class Variant : std::uint8_t {
  kRaw,
  kBase64_0,
  kBase64_1,
  kBase64_2,
  kBase64Url_0,
  kBase64Url_1,
  kBase64Url_2,
  kHexLower,
  kHexUpper,
  kPercentUpper,  // reserved characters only
  kPercentLower,
  kJson,
  kDecoded,  // of a value that itself looks encoded ("ab%41cd"): what a decoder of its text makes of it
  kUtf16,    // of an ASCII value: from its first to its last byte, so that it serves both byte orders
  kUtf16Big,
  kDoubledQuotes,       // of a value that holds '"', as CSV writes it (RFC 4180 section 2)
  kDoubledApostrophes,  // of a value that holds an apostrophe, as SQL does
};
inline constexpr std::size_t kVariantCount = 17;

// The characters that stand in any text which holds `value` in that form: of base64 only those
// that no neighbouring byte has a part in.
std::string variant_of(std::string_view value, Variant variant);

// Of a base64 form: 0, 1 or 2; and how many characters of the first group precede variant_of().
int alignment_of(Variant variant);
std::size_t skipped_by(int alignment);
bool is_base64(Variant variant);
bool is_base64url(Variant variant);
bool is_escaped(Variant variant);  // percent or JSON
bool is_wide(Variant variant);
bool is_doubled(Variant variant);

// False when the form is the same as one with a smaller number, so that one search does for both, or
// (kDecoded) too short to search for.
bool is_distinct(std::string_view pattern, std::string_view value, Variant variant);

}  // namespace cvr::redact
