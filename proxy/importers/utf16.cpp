// Files in UTF-16: all readers take UTF-8.
#include <cstdint>

#include "base/utf8.h"
#include "cvr/importers.h"

namespace cvr::importers {
namespace {

constexpr std::size_t kMost = std::size_t{256} << 20;

}  // namespace

bool is_utf16(std::string_view bytes) { return bytes.starts_with("\xff\xfe") || bytes.starts_with("\xfe\xff"); }

Result<std::string> utf8_of_utf16(std::string_view bytes) {
  if (bytes.size() > kMost)
    return fail(ErrorCode::kLimit, "UTF-16 of more than 256 MiB is not read; write it as UTF-8");
  if (bytes.size() % 2 != 0) return fail(ErrorCode::kMalformed, "UTF-16 with half a character at its end");
  const bool little = bytes.starts_with("\xff\xfe");
  const auto unit = [&](std::size_t at) -> std::uint32_t {
    const auto first = static_cast<std::uint8_t>(bytes[at]);
    const auto second = static_cast<std::uint8_t>(bytes[at + 1]);
    return little ? static_cast<std::uint32_t>(second << 8 | first) : static_cast<std::uint32_t>(first << 8 | second);
  };
  std::string out;
  out.reserve(bytes.size() / 2);
  for (std::size_t at = 2; at < bytes.size(); at += 2) {
    std::uint32_t c = unit(at);
    if (c >= 0xd800 && c <= 0xdfff) {
      const std::uint32_t low = at + 2 < bytes.size() ? unit(at + 2) : 0;
      if (c <= 0xdbff && low >= 0xdc00 && low <= 0xdfff) {
        c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
        at += 2;
      } else {
        c = 0xfffd;
      }
    }
    append_utf8(out, c);
  }
  return out;
}

}  // namespace cvr::importers
