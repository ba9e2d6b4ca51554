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

bool is_ascii(std::string_view text);

// The byte order mark becomes U+FEFF like any other.  nullopt: an odd number of bytes or a broken
// surrogate pair.
std::optional<std::string> from_utf16(std::string_view bytes, ByteOrder order);

// Bytes that are no UTF-8 become U+FFFD.
std::string to_utf16(std::string_view text, ByteOrder order);

// The same with the Spans moved.
RedactedText to_utf16(const RedactedText& text, ByteOrder order);

}  // namespace cvr::redact
