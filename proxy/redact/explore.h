// What the files of the finder's explorer share: explore.cpp (views), explore_runs.cpp (base64, hex, encoded
// words) and explore_packed.cpp (compressed data, multipart).  What is found deep down is carried back up:
// lifted out of views, spelled again in base64, hex or encoded words, packed again.  What can not be
// carried back exhausts the budget, so that the whole text is left out.  The user's patterns are not asked
// about what stands in base64, hex, quoted-printable, encoded words and compressed data: they describe what
// people see.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "redact/edits.h"
#include "redact/shapes.h"

namespace cvr::redact {

inline constexpr int kMaxDepth = 4;  // encodings in encodings (REDACTION: decoding depth <= 4)
inline constexpr std::size_t kMinText = 8;
inline constexpr std::string_view kTooDeep = "too many encodings to search";

inline const Edit* first_change(const Edits& edits) {
  const auto found = std::ranges::find_if(edits, [](const Edit& edit) { return edit.action != Edit::Action::kKeep; });
  return found == edits.end() ? nullptr : &*found;
}

inline std::string_view rule_of(const Edit& inner, std::string_view coded) {
  return inner.rule.starts_with("ledger") ? coded : inner.rule;
}

// A known value that is no ASCII: what another charset makes of the same bytes can not be told from it.
inline bool knows_beyond_ascii(std::string_view text, const Edits& edits) {
  return std::ranges::any_of(edits, [&](const Edit& edit) {
    return edit.action != Edit::Action::kKeep && edit.rule.starts_with("ledger") &&
           std::ranges::any_of(text.substr(edit.begin, edit.end - edit.begin), [](char c) { return (c & 0x80) != 0; });
  });
}

// A known credential in one of several readings of the same bytes.  Names of persons and digits do not count: the
// pseudonym of one may be another.
inline bool knows_credential(std::string_view text, const Edits& edits) {
  return knows_beyond_ascii(text, edits) || std::ranges::any_of(edits, [&](const Edit& edit) {
           return edit.action == Edit::Action::kReplace && edit.rule.starts_with("ledger") && !is_personal(edit.kind) &&
                  text.substr(edit.begin, edit.end - edit.begin).find_first_not_of("0123456789") != text.npos;
         });
}

}  // namespace cvr::redact
