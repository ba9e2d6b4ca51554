#include "bundle/markdown.h"

#include <algorithm>

#include "base/escape.h"

namespace cvr::bundle {
namespace {

// What begins a heading, a list, a rule or a quotation only at the beginning of a line.
bool begins_a_block(std::string_view text) {
  if (text.empty()) return false;
  if (std::string_view("#+-=:").contains(text.front())) return true;
  const std::size_t digits = text.find_first_not_of("0123456789");
  return digits != 0 && digits != text.npos && (text[digits] == '.' || text[digits] == ')');
}

}  // namespace

std::string markdown_text(std::string_view text) {
  std::string line = printable(text, true);
  std::ranges::replace_if(line, [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  line.erase(0, std::min(line.find_first_not_of(' '), line.size()));
  std::string out;
  if (begins_a_block(line)) {
    const std::size_t digits = line.find_first_not_of("0123456789");
    out = line.substr(0, digits) + "\\";
    line.erase(0, digits);
    out += line.front();
    line.erase(0, 1);
  }
  for (const char c : line) {
    if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '&') {
      out += "&amp;";
    } else {
      if (std::string_view("\\`*_[]|~$").contains(c)) out += '\\';
      out += c;
    }
  }
  return out;
}

std::string markdown_cell(std::string_view text) {
  std::string out = markdown_text(text);
  return out.empty() ? "-" : out;
}

std::string markdown_code(std::string_view text) {
  const std::string body = printable(text, true);
  std::size_t longest = 2, run = 0;
  for (const char c : body) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  const std::string fence(longest + 1, '`');
  return fence + "\n" + body + (body.ends_with('\n') ? "" : "\n") + fence + "\n";
}

}  // namespace cvr::bundle
