#include "exporters/pretty.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/json_scan.h"

namespace cvr::exporters {

std::string pretty_json(std::string_view text) {
  using json::Token;
  json::Scanner scanner(text);
  std::string out;
  std::vector<bool> has_items;
  bool after_key = false;
  const auto new_line = [&] { out += '\n' + std::string(2 * has_items.size(), ' '); };
  const auto before = [&] {
    if (!after_key && !has_items.empty()) {
      if (has_items.back()) out += ',';
      has_items.back() = true;
      new_line();
    }
    after_key = false;
  };
  for (;;) {
    const auto token = scanner.next();
    if (!token) return std::string(text);
    switch (*token) {
      case Token::kEnd:
        return out;
      case Token::kEndObject:
      case Token::kEndArray: {
        const bool any = has_items.back();
        has_items.pop_back();
        if (any) new_line();
        out += *token == Token::kEndObject ? '}' : ']';
        break;
      }
      case Token::kKey:
        before();
        out += '"' + std::string(scanner.raw()) + "\": ";
        after_key = true;
        break;
      case Token::kString:
        before();
        out += '"' + std::string(scanner.raw()) + '"';
        break;
      default:
        before();
        out += scanner.raw();
        if (*token == Token::kBeginObject || *token == Token::kBeginArray) has_items.push_back(false);
    }
  }
}

std::string hex_dump(std::string_view bytes, std::size_t limit) {
  std::string out;
  const std::string_view shown = bytes.substr(0, limit);
  for (std::size_t at = 0; at < shown.size(); at += 16) {
    const std::string_view row = shown.substr(at, 16);
    out += fmt::format("{:08x} ", at);
    std::string ascii;
    for (std::size_t i = 0; i < 16; ++i) {
      if (i >= row.size()) {
        out += "   ";
        continue;
      }
      const auto byte = static_cast<unsigned char>(row[i]);
      out += fmt::format(" {:02x}", byte);
      ascii += byte >= 0x20 && byte < 0x7f ? row[i] : '.';
    }
    out += "  " + ascii + '\n';
  }
  if (bytes.size() > shown.size()) out += fmt::format("... {} bytes more\n", bytes.size() - shown.size());
  return out;
}

}  // namespace cvr::exporters
