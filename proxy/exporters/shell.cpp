#include "exporters/shell.h"

#include <cstdint>

namespace cvr::exporters {

std::string shell_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') {
      out += "'\\''";
    } else {
      out += c;
    }
  }
  return out + "'";
}

std::string shell_printf(std::string_view bytes) {
  std::string out = "printf '";
  for (const char c : bytes) {
    const auto byte = static_cast<std::uint8_t>(c);
    // No '-': a format that begins with one would be an option.
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view(" .,:;=&{}[]\"/_+").contains(c);
    if (plain) {
      out += c;
    } else {
      out += '\\';
      out += static_cast<char>('0' + (byte >> 6));
      out += static_cast<char>('0' + (byte >> 3 & 7));
      out += static_cast<char>('0' + (byte & 7));
    }
  }
  return out + "'";
}

}  // namespace cvr::exporters
