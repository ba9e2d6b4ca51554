#include "exporters/yaml.h"

#include <fmt/format.h>

#include <cstdint>

#include "base/base64.h"
#include "base/utf8.h"

namespace cvr::exporters {
namespace {

// YAML 1.1 section 5.1 and 5.4: what is not printable, and what it takes for a line break.
bool is_escaped(std::uint32_t c) {
  return c < 0x20 || (c >= 0x7f && c <= 0xa0) || c == 0x2028 || c == 0x2029 || c == 0xfeff || c == 0xfffe ||
         c == 0xffff;
}

}  // namespace

std::string yaml_quoted(std::string_view text) {
  std::string out = "\"";
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
      ++i;
      continue;
    }
    const Utf8 decoded = decode_utf8(text.substr(i));
    if (!decoded.valid) {
      out += "\xef\xbf\xbd";
      ++i;
      continue;
    }
    if (c == '\n') {
      out += "\\n";
    } else if (is_escaped(decoded.code_point)) {
      out += fmt::format("\\u{:04X}", decoded.code_point);
    } else {
      out += text.substr(i, decoded.size);
    }
    i += decoded.size;
  }
  return out + '"';
}

std::string yaml_of_json(std::string_view json) {
  std::string out;
  for (std::size_t i = 0; i < json.size();) {
    const Utf8 decoded = decode_utf8(json.substr(i));
    const std::uint32_t c = decoded.valid ? decoded.code_point : 0xfffd;
    if (c >= 0x20 && c < 0x7f) {
      out += json[i];
    } else {
      out += c > 0xffff ? fmt::format("\\U{:08X}", c) : fmt::format("\\u{:04X}", c);
    }
    i += decoded.size;
  }
  return out;
}

std::string yaml_binary(std::string_view bytes) { return "!!binary \"" + base64_encode(bytes) + "\""; }

}  // namespace cvr::exporters
