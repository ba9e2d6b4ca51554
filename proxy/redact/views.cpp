#include "redact/views.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/escape.h"
#include "base/json_scan.h"
#include "base/utf8.h"
#include "redact/html_entities.h"
#include "redact/runs.h"

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
  bool is_empty = false;
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
  if (c == 'x' && at + 3 < text.size()) {
    const int high = hex_value(text[at + 2]);
    const int low = hex_value(text[at + 3]);
    if (high >= 0 && low >= 0) return {4, static_cast<std::uint32_t>(high * 16 + low), false};
  }
  constexpr std::string_view kFrom = "\"\\/bfnrt";
  constexpr std::string_view kTo = "\"\\/\b\f\n\r\t";
  const std::size_t found = kFrom.find(c);
  if (found == std::string_view::npos) return {1, '\\', true};
  return {2, static_cast<std::uint8_t>(kTo[found]), true};
}

Unit html_unit(std::string_view text, std::size_t at) {
  constexpr std::string_view kSeam = "]]><![CDATA[";
  if (text[at] == '&') {
    if (const auto entity = entity_at(text.substr(at))) return {entity->size, entity->code_point, false};
  } else if (text[at] == ']' && text.substr(at).starts_with(kSeam)) {
    return {kSeam.size(), 0, true, true};
  }
  return {1, static_cast<std::uint8_t>(text[at]), true};
}

Unit quoted_unit(std::string_view text, std::size_t at) {
  if (text[at] == '=' && at + 1 < text.size()) {
    if (text[at + 1] == '\n') return {2, 0, true, true};
    if (at + 2 < text.size()) {
      if (text.substr(at + 1, 2) == "\r\n") return {3, 0, true, true};
      const int high = hex_value(text[at + 1]);
      const int low = hex_value(text[at + 2]);
      if (high >= 0 && low >= 0) return {3, static_cast<std::uint32_t>(high * 16 + low), true};
    }
  }
  return {1, static_cast<std::uint8_t>(text[at]), true};
}

// "name=" after a separator or at the beginning.
bool ends_name(std::string_view text, std::size_t at) {
  constexpr std::size_t kLongestName = 64;
  for (std::size_t i = 1; i <= std::min(at, kLongestName); ++i) {
    const char c = text[at - i];
    if (std::string_view("&;?, \t\r\n\"'<>").find(c) != std::string_view::npos) return i > 1;
    if (c == '=') return false;
  }
  return at > 0 && at <= kLongestName;
}

// The break before a further line of an event; what it means is a line break.
Unit event_unit(std::string_view text, std::size_t at) {
  const std::size_t line = at + (text.substr(at).starts_with("\r\n") ? 2 : 1);
  if (text.substr(line).starts_with("data: ")) return {line + 6 - at, '\n', true};
  if (text.substr(line).starts_with("data:")) return {line + 5 - at, '\n', true};
  return {1, static_cast<std::uint8_t>(text[at]), true};
}

constexpr std::size_t kMinLine = 8;  // of a folded text: characters before a line break

// A line break, and white space after it, between two lines of base64.
Unit fold_unit(std::string_view text, std::size_t at) {
  const Unit same{1, static_cast<std::uint8_t>(text[at]), true};
  std::size_t next = at;
  if (text[next] == '\r') ++next;
  if (next >= text.size() || text[next] != '\n' || at < kMinLine) return same;
  ++next;
  while (next < text.size() && (text[next] == ' ' || text[next] == '\t')) ++next;
  // "--" begins a boundary or a PEM label.
  if (next == text.size() || !is_base64_char(text[next]) || text.substr(next, 2) == "--") return same;
  for (std::size_t i = 1; i <= kMinLine; ++i) {
    if (!is_base64_char(text[at - i])) return same;
  }
  return {next - at, 0, true, true};
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
    case View::kQuoted:
      return quoted_unit(text, at);
    case View::kQuotedPairs:
      return ends_name(text, at) ? Unit{1, static_cast<std::uint8_t>(text[at]), true} : quoted_unit(text, at);
    case View::kEventData:
      return event_unit(text, at);
    case View::kUnfolded:
      return fold_unit(text, at);
    case View::kAll:
      return text[at] == '%'    ? percent_unit(text, at, false)
             : text[at] == '\\' ? json_unit(text, at)
                                : html_unit(text, at);
  }
  return {};
}

constexpr std::array<bool, 256> make_signs() {
  std::array<bool, 256> signs{};
  for (const char c : {'%', '\\', '&', ']'}) signs[static_cast<std::uint8_t>(c)] = true;
  return signs;
}
constexpr auto kSigns = make_signs();

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
      for (found = at; found < text.size() && text[found] != '&' && text[found] != ']';) ++found;
      break;
    case View::kQuoted:
    case View::kQuotedPairs:
      found = text.find('=', at);
      break;
    case View::kEventData:
    case View::kUnfolded:
      for (found = at; found < text.size() && text[found] != '\n' && text[found] != '\r';) ++found;
      break;
    case View::kPercentPlus:
      for (found = at; found < text.size() && text[found] != '%' && text[found] != '+';) ++found;
      break;
    case View::kAll:
      while (at < text.size() && !kSigns[static_cast<std::uint8_t>(text[at])]) ++at;
      found = at;
      break;
  }
  return std::min(found, text.size());
}

std::size_t meant_size(const Unit& unit) {
  if (unit.is_empty) return 0;
  if (unit.is_byte || unit.code_point < 0x80) return 1;
  return unit.code_point < 0x800 ? 2 : unit.code_point < 0x10000 ? 3 : 4;
}

std::string quote(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<std::uint8_t>(c);
    if (byte > 0x20 && byte < 0x7f && c != '=') {
      out += c;
    } else {
      out += {'=', kDigits[byte >> 4], kDigits[byte & 15]};
    }
  }
  return out;
}

// `text` with the line breaks of `original` at the same places.
std::string fold_like(std::string_view text, std::string_view original) {
  std::string out;
  std::size_t used = 0;
  for (std::size_t at = 0; at < original.size() && used < text.size();) {
    const Unit unit = fold_unit(original, at);
    out += unit.is_empty ? original.substr(at, unit.size) : text.substr(used++, 1);
    at += unit.size;
  }
  return out += text.substr(used);
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
    const Unit unit = unit_at(text, at, view);
    if (unit.size > 1 || unit.is_empty || text[at] == '+') return true;  // '+' only stops kPercentPlus
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
    if (unit.is_empty) {
      at = next + unit.size;
      continue;
    }
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
    case View::kQuoted:
    case View::kQuotedPairs:
      return quote(text);
    case View::kEventData: {
      std::string out;
      for (const char c : text) c == '\n' ? out += "\ndata: " : out += c;
      return out;
    }
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
    const std::string_view stretch = source.substr(edit.begin, edit.end - edit.begin);
    if ((view == View::kQuoted || view == View::kQuotedPairs) && !has_view(stretch, View::kQuoted))
      continue;  // that text is not quoted
    if (view == View::kUnfolded) {
      edit.text = fold_like(edit.text, stretch);
      continue;
    }
    edit.text = encode(edit.text, view != View::kAll ? view : coding_of(stretch));
  }
  return edits;
}

}  // namespace cvr::redact
