#include "redact/mime_parts.h"

#include <algorithm>

#include "cvr/http.h"
#include "redact/media_type.h"

namespace cvr::redact {
namespace {

constexpr std::size_t kMaxBoundary = 72;
constexpr std::size_t kMaxHead = 8u << 10;
constexpr std::uint64_t kPartCost = 64;

// "--boundary" and what little may stand before the end of its line; the end of that line in `next`.
std::string_view delimiter_at(std::string_view text, std::size_t at, std::size_t& next) {
  if (text.substr(at, 2) != "--") return {};
  const std::string_view window = text.substr(at, kMaxBoundary + 4);
  const std::size_t line = window.find('\n');
  if (line == window.npos) return {};
  next = at + line + 1;
  const std::size_t size = std::min(window.find_first_of(" \t\r\n"), line);
  return size > 2 ? window.substr(0, size) : std::string_view();
}

// The size of the head with its blank line; npos: this is none.
std::size_t head_size(std::string_view text) {
  if (text.starts_with("\r\n")) return 2;
  if (text.starts_with("\n")) return 1;
  const std::string_view window = text.substr(0, kMaxHead);
  const std::size_t colon = window.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-");
  if (colon == window.npos || colon == 0 || window[colon] != ':') return text.npos;
  const std::size_t dos = window.find("\r\n\r\n");
  const std::size_t unix = window.find("\n\n");
  if (std::min(dos, unix) == window.npos) return text.npos;
  return dos < unix ? dos + 4 : unix + 2;
}

void read_head(std::string_view head, MimePart& part) {
  for (std::size_t begin = 0; begin < head.size();) {
    const std::size_t end = std::min(head.find('\n', begin), head.size());
    const std::string_view line = head.substr(begin, end - begin);
    const std::size_t colon = std::min(line.find(':'), line.size());
    const std::string_view name = line.substr(0, colon);
    std::string_view value = line.substr(std::min(colon + 1, line.size()));
    while (!value.empty() && static_cast<unsigned char>(value.back()) <= ' ') value.remove_suffix(1);
    while (!value.empty() && value.front() == ' ') value.remove_prefix(1);
    if (http::equals_ignoring_case(name, "content-encoding")) {
      part.coded = !value.empty() && !http::equals_ignoring_case(value, "identity");
    } else if (http::equals_ignoring_case(name, "content-type")) {
      part.charset = parse_media_type(value).charset;
    }
    begin = end + 1;
  }
}

}  // namespace

std::vector<MimePart> mime_parts(std::string_view text, Budget& budget) {
  std::vector<MimePart> out;
  for (std::size_t at = text.starts_with("--") ? 0 : text.find("\n--"); at != text.npos && !budget.exhausted();) {
    if (text[at] == '\n') ++at;
    std::size_t line = 0;
    const std::string_view delimiter = delimiter_at(text, at, line);
    std::size_t resume = at + 1;
    while (!delimiter.empty() && budget.spend(kPartCost)) {
      const std::size_t head = head_size(text.substr(line));
      if (!budget.spend(head == text.npos ? kMaxHead : head)) return out;
      const std::size_t from = head == text.npos ? line : line + head;
      const std::string closing = "\n" + std::string(delimiter);
      // An empty part's blank line is the one before the delimiter.
      const std::size_t next = text.find(closing, from == 0 ? 0 : from - 1);
      if (!budget.spend(std::min(next, text.size()) - from + 1)) return out;
      if (head != text.npos) {
        MimePart part{from, std::min(next, text.size()), false, {}};
        if (part.end > from && next != text.npos && text[part.end - 1] == '\r') --part.end;
        part.end = std::max(part.end, from);
        read_head(text.substr(line, head), part);
        out.push_back(std::move(part));
      }
      if (next == text.npos) break;
      resume = next + closing.size();
      if (delimiter_at(text, next + 1, line) != delimiter) break;
    }
    at = text.find("\n--", resume - 1);
  }
  return out;
}

}  // namespace cvr::redact
