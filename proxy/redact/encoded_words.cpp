#include "redact/encoded_words.h"

#include <algorithm>

#include "base/base64.h"
#include "redact/views.h"

namespace cvr::redact {
namespace {

constexpr std::size_t kMaxCharset = 40;

struct Word {
  std::size_t end = 0;
  std::string plain;
  std::string literal;
};

std::optional<Word> word_at(std::string_view text, std::size_t at) {
  if (!text.substr(at).starts_with("=?")) return std::nullopt;
  const std::size_t charset = text.substr(0, at + 2 + kMaxCharset).find('?', at + 2);
  if (charset == text.npos || charset + 2 >= text.size() || text[charset + 2] != '?') return std::nullopt;
  const std::size_t begin = charset + 3;
  // RFC 2047 section 2 says 75 characters; some write a token of 9 KB.  No sign in it, so no place is passed twice.
  const std::size_t end = text.find_first_of(" \t\r\n?", begin);
  if (end == text.npos || text.substr(end, 2) != "?=") return std::nullopt;
  const std::string_view payload = text.substr(begin, end - begin);
  const char coding = text[charset + 1];
  if (coding == 'B' || coding == 'b') {
    auto plain = base64_decode(payload);
    if (!plain) return std::nullopt;
    return Word{end + 2, *plain, *plain};
  }
  if (coding != 'Q' && coding != 'q') return std::nullopt;
  std::string spaced(payload);
  std::ranges::replace(spaced, '_', ' ');
  return Word{end + 2, decode(spaced, View::kQuoted), decode(payload, View::kQuoted)};
}

}  // namespace

std::optional<EncodedWords> next_encoded_words(std::string_view text, std::size_t from) {
  for (std::size_t at = text.find("=?", from); at != text.npos; at = text.find("=?", at + 2)) {
    auto word = word_at(text, at);
    if (!word) continue;
    EncodedWords out{at, word->end, std::move(word->plain), std::move(word->literal)};
    for (;;) {
      const std::size_t next = text.find_first_not_of(" \t\r\n", out.end);
      if (next == text.npos) return out;
      word = word_at(text, next);
      if (!word) return out;
      out.end = word->end;
      out.plain += word->plain;
      out.literal += word->literal;
    }
  }
  return std::nullopt;
}

std::string encode_word(std::string_view plain) { return "=?utf-8?B?" + base64_encode(plain) + "?="; }

}  // namespace cvr::redact
