// Which values are too ordinary to be searched for everywhere (REDACTION "Details").  A cookie
// `theme=disabled` must not blank the word "disabled" in every body.  Pure.
#pragma once

#include <string_view>

namespace cvr::redact {

inline constexpr std::size_t kMinLedgerSize = 8;  // bytes; shorter values are redacted in place only

// A word, or two words joined by punctuation, of the technical vocabulary in words.cpp.
bool is_vocabulary(std::string_view value);

// 20260314, 2026-03-14, 2026-03-14T09:26:53.589Z, 2026-03-14T09:26:53+01:00, of this and the last century.
bool is_date(std::string_view value);

// True for: a word, or two words joined by punctuation, of the technical vocabulary in words.cpp;
// a text of fewer than four different characters; a date or a time stamp; a plain http(s) URL
// without user, query and fragment.
bool is_ordinary(std::string_view value);

// "Europe/Berlin", "zh-Hant-TW": what a preference is, of a shape that nothing drawn has.  Words joined by signs are
// none: "dark-blue-mode" has the shape of a passphrase.
bool is_setting(std::string_view value);

}  // namespace cvr::redact
