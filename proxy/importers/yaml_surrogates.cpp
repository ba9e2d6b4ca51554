#include "importers/yaml_surrogates.h"

#include <yaml.h>

#include <algorithm>
#include <vector>

#include "base/utf8.h"

namespace cvr::importers {
namespace {

constexpr std::size_t kEscape = 6;  // \uXXXX
constexpr int kMostDepth = 64;

// The value of an escape of half a pair that begins there, or 0.
std::uint32_t half_at(std::string_view text, std::size_t at) {
  if (at + kEscape > text.size() || text[at] != '\\' || text[at + 1] != 'u' || (text[at + 2] | 0x20) != 'd') return 0;
  std::uint32_t value = 0;
  for (const char c : text.substr(at + 2, 4)) {
    const bool digit = c >= '0' && c <= '9';
    if (!digit && ((c | 0x20) < 'a' || (c | 0x20) > 'f')) return 0;
    value = value * 16 + static_cast<std::uint32_t>(digit ? c - '0' : (c | 0x20) - 'a' + 10);
  }
  return value >= 0xd800 ? value : 0;
}

struct Range {
  std::size_t begin = 0, end = 0;  // characters
};

// Where double-quoted scalars stand in a text that libyaml reads.
std::vector<Range> quoted_in(std::string_view text) {
  std::vector<Range> out;
  yaml_parser_t parser;
  if (yaml_parser_initialize(&parser) != 1) return out;
  yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
  yaml_parser_set_input_string(&parser, reinterpret_cast<const unsigned char*>(text.data()), text.size());
  yaml_event_t event;
  int depth = 0;  // the reader goes no deeper
  for (bool more = true; more && yaml_parser_parse(&parser, &event) == 1;) {
    if (event.type == YAML_SCALAR_EVENT && event.data.scalar.style == YAML_DOUBLE_QUOTED_SCALAR_STYLE) {
      out.push_back({event.start_mark.index, event.end_mark.index});
    }
    depth += event.type == YAML_SEQUENCE_START_EVENT || event.type == YAML_MAPPING_START_EVENT ? 1 : 0;
    depth -= event.type == YAML_SEQUENCE_END_EVENT || event.type == YAML_MAPPING_END_EVENT ? 1 : 0;
    more = event.type != YAML_STREAM_END_EVENT && depth <= kMostDepth;
    yaml_event_delete(&event);
  }
  yaml_parser_delete(&parser);
  return out;
}

// Appends what the escape at `at` means and answers how long it was.
std::size_t append_escape(std::string& out, std::string_view text, std::size_t at) {
  const std::uint32_t first = half_at(text, at);
  if (first == 0) {
    out += text.substr(at, 2);
    return std::min<std::size_t>(2, text.size() - at);
  }
  const std::uint32_t second = first <= 0xdbff ? half_at(text, at + kEscape) : 0;
  const bool pair = second >= 0xdc00;
  append_utf8(out, pair ? 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00) : 0xfffd);
  return pair ? 2 * kEscape : kEscape;
}

}  // namespace

std::optional<std::string> without_surrogates(std::string_view text) {
  std::string masked;
  for (std::size_t at = text.find("\\u"); at != text.npos; at = text.find("\\u", at + 2)) {
    if (half_at(text, at) == 0) continue;
    if (masked.empty()) masked = text;
    masked.replace(at, kEscape, "\\u0020");
  }
  if (masked.empty()) return std::nullopt;
  const auto quoted = quoted_in(masked);
  masked.clear();
  std::string out;
  out.reserve(text.size());
  auto range = quoted.begin();
  for (std::size_t at = 0, character = 0; at < text.size();) {
    while (range != quoted.end() && range->end <= character) ++range;
    const bool inside = range != quoted.end() && range->begin <= character;
    if (inside && text[at] == '\\' && at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) < 0x80) {
      const std::size_t size = append_escape(out, text, at);
      at += size;
      character += size;  // an escape is ASCII
      continue;
    }
    const std::size_t size = decode_utf8(text.substr(at)).size;
    out += text.substr(at, size);
    at += size;
    ++character;
  }
  return out;
}

}  // namespace cvr::importers
