#include "redact/views.h"

#include <algorithm>
#include <cstdint>

#include "base/escape.h"
#include "base/json_scan.h"
#include "base/utf8.h"

namespace cvr::redact {
namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

int hex4(std::string_view text, std::size_t at) {
  if (at + 4 > text.size()) return -1;
  int value = 0;
  for (std::size_t i = at; i < at + 4; ++i) {
    const int digit = hex_value(text[i]);
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

// What stands at one place of a text: bytes it takes there, bytes it means.  Nothing to decode:
// size 1 and the byte itself.
struct Unit {
  std::size_t size = 1;
  std::uint32_t code_point = 0;
  bool is_byte = true;  // else a code point, to be written in UTF-8
};

Unit percent_unit(std::string_view text, std::size_t at, bool plus) {
  if (text[at] == '%' && at + 2 < text.size()) {
    const int high = hex_value(text[at + 1]);
    const int low = hex_value(text[at + 2]);
    if (high >= 0 && low >= 0) return {3, static_cast<std::uint32_t>(high * 16 + low), true};
  }
  if (plus && text[at] == '+') return {1, ' ', true};
  return {1, static_cast<std::uint8_t>(text[at]), true};
}

Unit json_unit(std::string_view text, std::size_t at) {
  if (text[at] != '\\' || at + 1 == text.size()) return {1, static_cast<std::uint8_t>(text[at]), true};
  const char c = text[at + 1];
  if (c == 'u') {
    const int unit = hex4(text, at + 2);
    if (unit < 0) return {1, '\\', true};
    if (unit >= 0xd800 && unit <= 0xdbff && text.substr(at + 6, 2) == "\\u") {
      const int low = hex4(text, at + 8);
      if (low >= 0xdc00 && low <= 0xdfff) {
        return {
            12,
            0x10000 + ((static_cast<std::uint32_t>(unit) - 0xd800) << 10) + static_cast<std::uint32_t>(low - 0xdc00),
            false};
      }
    }
    return {6, static_cast<std::uint32_t>(unit), false};
  }
  constexpr std::string_view kFrom = "\"\\/bfnrt";
  constexpr std::string_view kTo = "\"\\/\b\f\n\r\t";
  const std::size_t found = kFrom.find(c);
  if (found == std::string_view::npos) return {1, '\\', true};
  return {2, static_cast<std::uint8_t>(kTo[found]), true};
}

Unit html_unit(std::string_view text, std::size_t at) {
  const Unit same{1, static_cast<std::uint8_t>(text[at]), true};
  if (text[at] != '&') return same;
  const std::string_view rest = text.substr(at, 12);
  constexpr std::pair<std::string_view, char> kNamed[] = {
      {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}};
  for (const auto& [name, c] : kNamed) {
    if (rest.starts_with(name)) return {name.size(), static_cast<std::uint8_t>(c), true};
  }
  if (!rest.starts_with("&#")) return same;
  const bool hex = rest.size() > 2 && (rest[2] == 'x' || rest[2] == 'X');
  std::uint32_t code_point = 0;
  std::size_t i = hex ? 3 : 2;
  const std::size_t first = i;
  for (; i < rest.size(); ++i) {
    const int digit = hex_value(rest[i]);
    if (digit < 0 || (!hex && digit > 9)) break;
    code_point = code_point * (hex ? 16 : 10) + static_cast<std::uint32_t>(digit);
    if (code_point > 0x10ffff) return same;
  }
  if (i == first || i == rest.size() || rest[i] != ';') return same;
  return {i + 1, code_point, false};
}

Unit unit_at(std::string_view text, std::size_t at, View view) {
  switch (view) {
    case View::kPercent:
      return percent_unit(text, at, false);
    case View::kPercentPlus:
      return percent_unit(text, at, true);
    case View::kJson:
      return json_unit(text, at);
    case View::kHtml:
      return html_unit(text, at);
    case View::kAll:
      return text[at] == '%'    ? percent_unit(text, at, false)
             : text[at] == '\\' ? json_unit(text, at)
                                : html_unit(text, at);
  }
  return {};
}

// Where the next character stands that may begin something encoded, or the end.
std::size_t next_sign(std::string_view text, std::size_t at, View view) {
  std::size_t found = text.npos;
  switch (view) {
    case View::kPercent:
      found = text.find('%', at);
      break;
    case View::kJson:
      found = text.find('\\', at);
      break;
    case View::kHtml:
      found = text.find('&', at);
      break;
    case View::kPercentPlus:
      for (found = at; found < text.size() && text[found] != '%' && text[found] != '+';) ++found;
      break;
    case View::kAll:
      for (found = at; found < text.size() && text[found] != '%' && text[found] != '\\' && text[found] != '&';) ++found;
      break;
  }
  return std::min(found, text.size());
}

std::size_t meant_size(const Unit& unit) {
  if (unit.is_byte || unit.code_point < 0x80) return 1;
  return unit.code_point < 0x800 ? 2 : unit.code_point < 0x10000 ? 3 : 4;
}

std::string html_escape(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const std::size_t at = std::string_view("&<>\"'").find(c);
    constexpr std::string_view kEntities[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"};
    if (at == std::string_view::npos) {
      out += c;
    } else {
      out += kEntities[at];
    }
  }
  return out;
}

}  // namespace

bool has_view(std::string_view text, View view) {
  for (std::size_t at = next_sign(text, 0, view); at < text.size(); at = next_sign(text, at + 1, view)) {
    if (unit_at(text, at, view).size > 1 || text[at] == '+') return true;  // '+' only stops kPercentPlus
  }
  return false;
}

std::string decode(std::string_view text, View view) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t next = next_sign(text, at, view);
    out += text.substr(at, next - at);
    if (next == text.size()) break;
    const Unit unit = unit_at(text, next, view);
    if (unit.is_byte) {
      out += static_cast<char>(unit.code_point);
    } else {
      append_utf8(out, unit.code_point);
    }
    at = next + unit.size;
  }
  return out;
}

std::string encode(std::string_view text, View view) {
  switch (view) {
    case View::kJson: {
      std::string out;
      json::append_escaped(out, text);
      return out;
    }
    case View::kHtml:
      return html_escape(text);
    default:
      return percent_encode(text);
  }
}

View coding_of(std::string_view stretch) {
  for (std::size_t at = next_sign(stretch, 0, View::kAll); at < stretch.size();
       at = next_sign(stretch, at + 1, View::kAll)) {
    if (unit_at(stretch, at, View::kAll).size == 1) continue;
    return stretch[at] == '%' ? View::kPercent : stretch[at] == '\\' ? View::kJson : View::kHtml;
  }
  return View::kPercent;
}

Edits lift(std::string_view source, View view, Edits edits) {
  // One walk over the source for all positions, in order.
  std::vector<std::size_t*> begins;
  std::vector<std::size_t*> ends;
  for (Edit& edit : edits) {
    begins.push_back(&edit.begin);
    ends.push_back(&edit.end);
  }
  const auto by_position = [](const std::size_t* a, const std::size_t* b) { return *a < *b; };
  std::sort(begins.begin(), begins.end(), by_position);
  std::sort(ends.begin(), ends.end(), by_position);
  std::size_t at = 0;
  std::size_t meant = 0;
  std::size_t begin = 0;
  std::size_t end = 0;
  while (at < source.size() && end < ends.size()) {
    const Unit unit = unit_at(source, at, view);
    const std::size_t next = meant + meant_size(unit);
    // A unit that is touched is covered as a whole.
    for (; begin < begins.size() && *begins[begin] < next; ++begin) *begins[begin] = at;
    at += unit.size;
    for (; end < ends.size() && *ends[end] <= next; ++end) *ends[end] = at;
    meant = next;
  }
  for (; begin < begins.size(); ++begin) *begins[begin] = source.size();
  for (; end < ends.size(); ++end) *ends[end] = source.size();
  for (Edit& edit : edits) {
    if (edit.action != Edit::Action::kReplace) continue;
    edit.text =
        encode(edit.text, view != View::kAll ? view : coding_of(source.substr(edit.begin, edit.end - edit.begin)));
  }
  return edits;
}

}  // namespace cvr::redact
