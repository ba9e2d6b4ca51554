// A slice of a redacted text as runs of plain bytes and pseudonyms, in order.  Pure.
#pragma once

#include <algorithm>
#include <string_view>

#include "cvr/interaction.h"

namespace cvr::match {

// What a pseudonym counts as when values differ.  Credentials are one class: the dummy of a CI run
// is recognised by its name or place and need not be shaped like the real one (REDACTION "Replay
// needs no secret"), and a token that a replay handed out comes back as a plain token.
inline std::string_view class_of(Kind kind) {
  switch (kind) {
    case Kind::kToken:
    case Kind::kJwt:
    case Kind::kUuid:
    case Kind::kPassword:
    case Kind::kUser:
    case Kind::kCookie:
    case Kind::kHeader:
    case Kind::kSignature:
      return "secret";
    default:
      return to_string(kind);
  }
}

// The first span that ends after `at`.
inline auto first_span(const RedactedText& text, std::size_t at) {
  return std::partition_point(text.spans.begin(), text.spans.end(),
                              [at](const Span& s) { return std::size_t{s.begin} + s.size <= at; });
}

inline bool has_pseudonym(const RedactedText& text, std::size_t begin, std::size_t end) {
  if (text.spans.empty()) return false;
  const auto span = first_span(text, begin);
  return span != text.spans.end() && span->begin < end;
}

// Calls plain(text) and pseudonym(text, kind) for the pieces of text[begin, end).  A span that
// crosses an edge counts with the part inside.
template <class Plain, class Pseudonym>
void for_each_piece(const RedactedText& text, std::size_t begin, std::size_t end, Plain plain, Pseudonym pseudonym) {
  const std::string_view bytes = text.text;
  auto span = first_span(text, begin);
  while (begin < end) {
    const bool more = span != text.spans.end() && span->begin < end;
    const std::size_t next = more ? std::max<std::size_t>(span->begin, begin) : end;
    if (next > begin) plain(bytes.substr(begin, next - begin));
    if (!more) return;
    const std::size_t stop = std::min(std::size_t{span->begin} + span->size, end);
    pseudonym(bytes.substr(next, stop - next), span->kind);
    begin = stop;
    ++span;
  }
}

}  // namespace cvr::match
