#include "engine/links.h"

#include <algorithm>

namespace cvr::engine {
namespace {

bool ends_origin(std::string_view rest) {
  if (rest.empty()) return true;
  const char c = rest.front();
  const bool continues = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' ||
                         c == '-' || c == '_' || c == ':' || c == '@' || c == '%';
  return !continues;
}

std::string replace_origin(std::string_view text, std::string_view from, std::string_view to) {
  std::string out;
  for (;;) {
    const auto found = std::search(text.begin(), text.end(), from.begin(), from.end(), [](char a, char b) {
      return a == b || (a >= 'A' && a <= 'Z' && a + 32 == b);  // scheme and host have no case
    });
    if (found == text.end()) break;
    const std::size_t at = static_cast<std::size_t>(found - text.begin());
    const std::string_view rest = text.substr(at + from.size());
    out += text.substr(0, at);
    out += ends_origin(rest) ? to : text.substr(at, from.size());
    text = rest;
  }
  out += text;
  return out;
}

std::string json_escaped(std::string_view origin) {
  std::string out;
  for (const char c : origin) {
    if (c == '/') out += '\\';
    out += c;
  }
  return out;
}

}  // namespace

std::string map_links(std::string_view text, const LinkMap& map) {
  return replace_origin(replace_origin(text, map.from, map.to), json_escaped(map.from), json_escaped(map.to));
}

bool has_mappable_body(std::string_view content_type) {
  const std::string type = http::to_lower(content_type.substr(0, content_type.find(';')));
  return type.find("json") != std::string::npos;
}

bool is_link_header(std::string_view name) {
  for (const std::string_view known : {"location", "content-location", "link", "refresh"}) {
    if (http::equals_ignoring_case(name, known)) return true;
  }
  return false;
}

}  // namespace cvr::engine
