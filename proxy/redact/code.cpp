#include "redact/code.h"

#include <algorithm>

#include "base/char_set.h"

namespace cvr::redact {
namespace {

constexpr CharSet kPath("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_$.");
constexpr CharSet kLetters("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_.");

constexpr std::string_view kRoots[] = {"process", "import",   "os",      "window",  "document",      "localStorage",
                                       "config",  "settings", "this",    "self",    "req",           "request",
                                       "res",     "response", "options", "opts",    "env",           "System",
                                       "props",   "params",   "ctx",     "context", "sessionStorage"};

}  // namespace

bool is_expression(std::string_view value, char next) {
  const std::size_t end = std::min(kPath.first_not_in(value), value.size());
  const std::string_view path = value.substr(0, end);
  const std::size_t dot = path.find('.');
  const bool known = dot != path.npos && std::ranges::find(kRoots, path.substr(0, dot)) != std::end(kRoots);
  if (known && (end == value.size() || std::string_view("([|?!;,)&").contains(value[end]))) return true;
  // What stands in the brackets of a call is not part of it here, or ends at its own quote or bracket.
  if (path.size() < 3 || end == value.size() || value[end] != '(' || kLetters.first_not_in(path) != path.npos)
    return false;
  return end + 1 == value.size() || next == ')' || next == '"' || next == '\'';
}

bool ends_string(std::string_view text, std::size_t name, std::size_t quote) {
  if (name == 0 || quote == 0 || text[quote - 1] != '=') return false;
  const char before = text[name - 1];
  if (before != '?' && before != '&' && before != text[quote]) return false;
  const std::size_t next = text.find_first_not_of(" \t", quote + 1);
  return next == text.npos || std::string_view("+,;)]\r\n").contains(text[next]);
}

}  // namespace cvr::redact
