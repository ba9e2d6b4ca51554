// Encoded words of mail headers (RFC 2047): "=?utf-8?B?...?=" and "=?utf-8?Q?...?=", of which several
// in a row, with white space between them, are one text.  Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cvr::redact {

struct EncodedWords {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string plain;    // bytes, in whatever charset
  std::string literal;  // the same for a writer who forgot that "_" means a space
};

// The next sequence at or after `from`.
std::optional<EncodedWords> next_encoded_words(std::string_view text, std::size_t from);

std::string encode_word(std::string_view plain);

}  // namespace cvr::redact
