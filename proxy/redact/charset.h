// Charsets other than UTF-8 and UTF-16: bodies whose header or head names one are read as UTF-8 and
// written back.  Conversion is iconv's for a list of charsets that clients of HTTP meet; a name off that list
// is never handed to it.  Pure and thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cvr/interaction.h"

namespace cvr::redact {

// The text holds nothing but UTF-8 (RFC 3629).
bool is_utf8(std::string_view text);

// Nothing to convert: absent, UTF-8 or ASCII (lower case).
bool is_unicode_name(std::string_view charset);

// A known charset in which ASCII stands for itself, so that names and values are found in the bytes.
bool is_ascii_compatible(std::string_view charset);

// One that is read: on the list, and known to iconv here.
bool is_read_charset(std::string_view charset);

// Of the bytes themselves, lower case: <?xml encoding="...">, <meta charset="...">; empty: they do not say.
std::string charset_in_markup(std::string_view bytes);

// nullopt: not read, or the bytes are broken, or would not come back the same.
std::optional<std::string> from_charset(std::string_view bytes, std::string_view charset);
// What a reader who believes `charset` may see in bytes that are in another: none, one, or UTF-16 in both orders.
std::vector<std::string> readings_as(std::string_view bytes, std::string_view charset);
// Characters that the charset lacks become '?'.
std::string to_charset(std::string_view utf8, std::string_view charset);
// The same with the Spans moved.
RedactedText to_charset(const RedactedText& text, std::string_view charset);

// A value of more than ASCII as other readers and writers of eight bits spell it, itself not among them:
// UTF-8 in ISO 8859-1 and Windows-1252, anything else as UTF-8.
std::vector<std::string> eight_bit_spellings(std::string_view value);

}  // namespace cvr::redact
