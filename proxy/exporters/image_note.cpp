#include "exporters/image_note.h"

#include <fmt/format.h>

#include <cstdint>
#include <optional>
#include <utility>

namespace cvr::exporters {
namespace {

using Size = std::optional<std::pair<std::uint32_t, std::uint32_t>>;  // width, height

// 0 beyond the end; callers have looked.
std::uint32_t byte(std::string_view bytes, std::size_t at) {
  return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0;
}
std::uint32_t big(std::string_view bytes, std::size_t at, int count) {
  std::uint32_t out = 0;
  for (int i = 0; i < count; ++i) out = out << 8 | byte(bytes, at + static_cast<std::size_t>(i));
  return out;
}
std::uint32_t little(std::string_view bytes, std::size_t at, int count) {
  std::uint32_t out = 0;
  for (int i = count - 1; i >= 0; --i) out = out << 8 | byte(bytes, at + static_cast<std::size_t>(i));
  return out;
}

// ISO/IEC 15948, 11.2.2: IHDR comes first.
Size of_png(std::string_view bytes) {
  if (bytes.size() < 24 || bytes.substr(12, 4) != "IHDR") return std::nullopt;
  return std::pair(big(bytes, 16, 4), big(bytes, 20, 4));
}

Size of_gif(std::string_view bytes) {
  if (bytes.size() < 10) return std::nullopt;
  return std::pair(little(bytes, 6, 2), little(bytes, 8, 2));
}

// ITU T.81, B.2.2: from marker to marker up to a start of frame.
Size of_jpeg(std::string_view bytes) {
  for (std::size_t at = 2; at + 4 <= bytes.size();) {
    if (byte(bytes, at) != 0xff) return std::nullopt;
    const std::uint32_t marker = byte(bytes, at + 1);
    if (marker == 0xff) {  // fill
      ++at;
      continue;
    }
    const bool frame = marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    if (frame && at + 9 <= bytes.size()) return std::pair(big(bytes, at + 7, 2), big(bytes, at + 5, 2));
    const std::uint32_t length = big(bytes, at + 2, 2);
    if (frame || length < 2) return std::nullopt;
    at += 2 + length;
  }
  return std::nullopt;
}

// RFC 9649, 2.5 to 2.7.
Size of_webp(std::string_view bytes) {
  if (bytes.size() < 30) return std::nullopt;
  const std::string_view kind = bytes.substr(12, 4);
  if (kind == "VP8X") return std::pair(little(bytes, 24, 3) + 1, little(bytes, 27, 3) + 1);
  if (kind == "VP8 ") return std::pair(little(bytes, 26, 2) & 0x3fff, little(bytes, 28, 2) & 0x3fff);
  if (kind != "VP8L") return std::nullopt;
  const std::uint32_t bits = little(bytes, 21, 4);
  return std::pair((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1);
}

std::string told(std::string_view name, const Size& size) {
  if (!size) return std::string(name);
  return fmt::format("{}, {} x {} pixels", name, size->first, size->second);
}

}  // namespace

std::string image_note(std::string_view bytes) {
  if (bytes.starts_with("\x89PNG\r\n\x1a\n")) return told("PNG", of_png(bytes));
  if (bytes.starts_with("GIF87a") || bytes.starts_with("GIF89a")) return told("GIF", of_gif(bytes));
  if (bytes.starts_with("\xff\xd8\xff")) return told("JPEG", of_jpeg(bytes));
  if (bytes.starts_with("RIFF") && bytes.size() >= 12 && bytes.substr(8, 4) == "WEBP") {
    return told("WebP", of_webp(bytes));
  }
  return {};
}

}  // namespace cvr::exporters
