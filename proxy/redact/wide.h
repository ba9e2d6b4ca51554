// UTF-16 (RFC 2781): bodies in it are read as UTF-8 and written back in the same form.  Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "cvr/interaction.h"

namespace cvr::redact {

enum class ByteOrder : std::uint8_t { kLittle, kBig };

// "utf-32le" or "utf-32be" by its byte order mark, whose first half is that of UTF-16, or by its zero bytes.
std::string_view utf32_of(std::string_view bytes);

// By charset, byte order mark, or the zero bytes of text that begins with ASCII.
std::optional<ByteOrder> wide_order(std::string_view bytes, std::string_view charset);

// The name of a charset (lower case) says UTF-16.
bool is_utf16_name(std::string_view charset);

// Whether bytes that a name or a mark calls UTF-16 can be it: what programs write in it (digits, spaces, line breaks,
// any letter of Latin) has zero bytes.
bool may_be_utf16(std::string_view bytes);

// Readable ASCII, longer than letters of other scripts make by chance, in the bytes of UTF-16: half of a text that is
// something else.
bool holds_narrow_text(std::string_view bytes);

bool is_ascii(std::string_view text);

// The byte order mark becomes U+FEFF like any other.  nullopt: an odd number of bytes or a broken
// surrogate pair.
std::optional<std::string> from_utf16(std::string_view bytes, ByteOrder order);

// The same with the Spans moved.
std::optional<RedactedText> from_utf16(const RedactedText& wide, ByteOrder order);

// Bytes that are no UTF-8 become U+FFFD.
std::string to_utf16(std::string_view text, ByteOrder order);

// The same with the Spans moved.
RedactedText to_utf16(const RedactedText& text, ByteOrder order);

}  // namespace cvr::redact
