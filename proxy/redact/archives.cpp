#include "redact/archives.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "redact/blocks.h"
#include "redact/charset.h"

namespace cvr::redact {
namespace {

constexpr std::size_t kSample = 4096;

using std::string_view_literals::operator""sv;

constexpr std::array<std::uint8_t, 256> make_classes() {
  std::array<std::uint8_t, 256> out{};
  for (std::size_t c = 0; c < 0x20; ++c) out[c] = (c >= 0x09 && c <= 0x0d) || c == 0x1b ? 0 : 1;
  for (std::size_t c = 0x80; c < 256; ++c) out[c] = 2;
  return out;
}
constexpr auto kClasses = make_classes();

}  // namespace

bool is_binary(std::string_view text) {
  return std::ranges::any_of(text.substr(0, kSample),
                             [](char c) { return kClasses[static_cast<std::uint8_t>(c)] == 1; });
}

bool holds_data(std::string_view bytes) {
  bool wide = false;
  const std::size_t control = find_in_blocks(
      bytes, 0,
      [&](const Block& c, const Block&) {
        wide = wide || any_of_block(c & 0x80);
        return (c < 0x20) & (c != '\n') & (c != '\r') & (c != '\t');
      },
      [&](std::string_view t, std::size_t i) {
        wide = wide || kClasses[static_cast<std::uint8_t>(t[i])] == 2;
        return kClasses[static_cast<std::uint8_t>(t[i])] == 1;
      });
  return control < bytes.size() || (wide && !is_utf8(bytes));
}

bool is_unread_inside(std::string_view bytes) {
  constexpr std::array kMagic = {
      "\xfd"
      "7zXZ\0"sv,
      "7z\xbc\xaf\x27\x1c"sv, "Rar!\x1a\x07"sv};
  if (bytes.starts_with("BZh") && bytes.size() > 9) {
    return bytes.substr(4, 6) == "1AY&SY" || bytes.substr(4, 6) == "\x17\x72\x45\x38\x50\x90";
  }
  return std::ranges::any_of(kMagic, [&](std::string_view magic) { return bytes.starts_with(magic); });
}

bool is_unread_archive(std::string_view bytes) {
  constexpr std::array kMagic = {"\x04\x22\x4d\x18"sv, "\x1f\x9d"sv, "LZIP\1"sv, "\x5d\0\0"sv};
  return is_unread_inside(bytes) ||
         std::ranges::any_of(kMagic, [&](std::string_view magic) { return bytes.starts_with(magic); });
}

std::string_view gzip_words(std::string_view bytes) {
  constexpr std::size_t kHead = 10;
  constexpr unsigned kExtra = 4;
  constexpr unsigned kName = 8;
  constexpr unsigned kComment = 16;
  if (bytes.size() < kHead || !bytes.starts_with("\x1f\x8b\x08")) return {};
  const auto flags = static_cast<std::uint8_t>(bytes[3]);
  std::size_t end = kHead;
  if ((flags & kExtra) != 0 && end + 2 <= bytes.size()) {
    end += 2 + static_cast<std::uint8_t>(bytes[end]) + (std::size_t{static_cast<std::uint8_t>(bytes[end + 1])} << 8);
  }
  for (const unsigned text : {kName, kComment}) {
    if ((flags & text) != 0 && end < bytes.size()) end = std::min(bytes.find('\0', end), bytes.size() - 1) + 1;
  }
  return bytes.substr(kHead, std::min(end, bytes.size()) - kHead);
}

ZipEntry zip_entry(std::string_view bytes) {
  constexpr std::size_t kHead = 30;
  if (bytes.size() < kHead || !bytes.starts_with("PK\x03\x04")) return {};
  const auto word = [&](std::size_t at) {
    return static_cast<std::size_t>(static_cast<std::uint8_t>(bytes[at])) |
           static_cast<std::size_t>(static_cast<std::uint8_t>(bytes[at + 1])) << 8;
  };
  // Programs that write archives hold the magic number too; a head says which version, method and name (APPNOTE 4.3.7).
  constexpr std::size_t kNewestVersion = 63;
  constexpr std::size_t kLastMethod = 99;
  const std::size_t name = word(26);
  if ((word(4) & 0xff) > kNewestVersion || word(8) > kLastMethod || name == 0 || name > 4096) return {};
  const std::string_view written = bytes.substr(kHead, name);
  if (std::ranges::any_of(written, [](char c) { return static_cast<std::uint8_t>(c) < 0x20; })) return {};
  ZipEntry entry;
  const bool encrypted = (word(6) & 1) != 0;
  entry.data = kHead + word(26) + word(28);
  entry.stored = word(8) == 0 && !encrypted;
  entry.readable = word(8) == 8 && !encrypted;
  return entry.data <= bytes.size() ? entry : ZipEntry{};
}

}  // namespace cvr::redact
