// A slice of a redacted text as runs of plain bytes and pseudonyms, in order.  Pure.
#pragma once

#include <algorithm>
#include <string_view>

#include "cvr/interaction.h"

namespace cvr::match {

// Calls plain(text) and pseudonym(text, kind) for the pieces of text[begin, end).
template <class Plain, class Pseudonym>
void for_each_piece(const RedactedText& text, std::size_t begin, std::size_t end, Plain plain, Pseudonym pseudonym) {
  const std::string_view bytes = text.text;
  auto span = std::lower_bound(text.spans.begin(), text.spans.end(), begin,
                               [](const Span& s, std::size_t at) { return s.begin + s.size <= at; });
  while (begin < end) {
    const bool more = span != text.spans.end() && span->begin < end;
    const std::size_t next = more ? std::max<std::size_t>(span->begin, begin) : end;
    if (next > begin) plain(bytes.substr(begin, next - begin));
    if (!more) return;
    const std::size_t stop = std::min<std::size_t>(span->begin + span->size, end);
    pseudonym(bytes.substr(next, stop - next), span->kind);
    begin = stop;
    ++span;
  }
}

inline bool has_pseudonym(const RedactedText& text, std::size_t begin, std::size_t end) {
  bool found = false;
  if (!text.spans.empty()) {
    for_each_piece(text, begin, end, [](std::string_view) {}, [&](std::string_view, Kind) { found = true; });
  }
  return found;
}

}  // namespace cvr::match
