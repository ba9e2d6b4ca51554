#include "redact/units.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/utf8.h"
#include "redact/blocks.h"
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

Unit percent_unit(std::string_view text, std::size_t at, bool plus) {
  if (text[at] == '%' && at + 2 < text.size()) {
    const int high = hex_value(text[at + 1]);
    const int low = hex_value(text[at + 2]);
    if (high >= 0 && low >= 0) return {3, static_cast<std::uint32_t>(high * 16 + low), true};
  }
  if (plus && text[at] == '+') return {1, ' ', true};
  return {1, static_cast<std::uint8_t>(text[at]), true};
}

// "\u{41}" of JavaScript.
Unit braced_unit(std::string_view text, std::size_t at) {
  constexpr std::size_t kMostDigits = 8;
  std::uint32_t value = 0;
  std::size_t next = at + 3;
  for (; next < text.size() && next < at + 3 + kMostDigits && hex_value(text[next]) >= 0; ++next) {
    value = value * 16 + static_cast<std::uint32_t>(hex_value(text[next]));
  }
  if (next == at + 3 || text.substr(next, 1) != "}" || value > 0x10ffff) return {1, '\\', true};
  return {next + 1 - at, value, false};
}

// "\101" of C, JavaScript and shells; two or three digits, nothing that is no text.
Unit octal_unit(std::string_view text, std::size_t at) {
  std::uint32_t value = 0;
  std::size_t next = at + 1;
  for (; next < text.size() && next < at + 4 && text[next] >= '0' && text[next] <= '7'; ++next) {
    value = value * 8 + static_cast<std::uint32_t>(text[next] - '0');
  }
  if (value > 0xff) {  // the third digit is one of the text
    value /= 8;
    --next;
  }
  if (value < 0x20) return {1, '\\', true};
  return {next - at, value, false};
}

// "\x41".
Unit hex_unit(std::string_view text, std::size_t at) {
  if (at + 3 >= text.size()) return {1, '\\', true};
  const int high = hex_value(text[at + 2]);
  const int low = hex_value(text[at + 3]);
  if (high < 0 || low < 0) return {1, '\\', true};
  return {4, static_cast<std::uint32_t>(high * 16 + low), false};
}

// "\xc3\xa9", "\303\251": the bytes of one character in UTF-8, as Python and shells write them.  A single one, as of
// JavaScript, is the character of that number.
Unit joined_bytes(std::string_view text, std::size_t at, Unit first) {
  if (first.code_point < 0xc2 || first.code_point > 0xf4) return first;
  const bool hex = text[at + 1] == 'x';
  std::string bytes(1, static_cast<char>(first.code_point));
  std::size_t next = at + first.size;
  const std::size_t size = first.code_point < 0xe0 ? 2 : first.code_point < 0xf0 ? 3 : 4;
  while (bytes.size() < size && next + 1 < text.size() && text[next] == '\\' && (text[next + 1] == 'x') == hex) {
    const Unit unit = hex ? hex_unit(text, next) : octal_unit(text, next);
    if (unit.size == 1) return first;
    bytes += static_cast<char>(unit.code_point);
    next += unit.size;
  }
  const Utf8 whole = decode_utf8(bytes);
  return whole.valid && whole.size == size ? Unit{next - at, whole.code_point, false} : first;
}

// "\000041" of style sheets (CSS Syntax section 4.3.7), all six digits.
Unit style_unit(std::string_view text, std::size_t at) {
  constexpr std::size_t kDigits = 6;
  std::uint32_t value = 0;
  for (std::size_t i = at + 1; i <= at + kDigits; ++i) {
    const int digit = i < text.size() ? hex_value(text[i]) : -1;
    if (digit < 0) return {1, '\\', true};
    value = value * 16 + static_cast<std::uint32_t>(digit);
  }
  if (value < 0x20 || value > 0x10ffff) return {1, '\\', true};
  return {1 + kDigits, value, false};
}

// RFC 8259 section 7: what the character after a backslash means; 0: nothing.
constexpr auto kShortEscapes = [] {
  std::array<char, 256> out{};
  constexpr std::string_view kFrom = "\"\\/bfnrt";
  constexpr std::string_view kTo = "\"\\/\b\f\n\r\t";
  for (std::size_t i = 0; i < kFrom.size(); ++i) out[static_cast<std::uint8_t>(kFrom[i])] = kTo[i];
  return out;
}();

Unit json_unit(std::string_view text, std::size_t at) {
  if (text[at] != '\\' || at + 1 == text.size()) return {1, static_cast<std::uint8_t>(text[at]), true};
  const char c = text[at + 1];
  if (c == 'u' && text.substr(at + 2, 1) == "{") return braced_unit(text, at);
  if (c == '0') {
    if (const Unit unit = style_unit(text, at); unit.size > 1) return unit;
  }
  if (c >= '0' && c <= '7') return joined_bytes(text, at, octal_unit(text, at));
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
  if (c == 'x') return joined_bytes(text, at, hex_unit(text, at));
  const char meant = kShortEscapes[static_cast<std::uint8_t>(c)];
  if (meant == 0) return {1, '\\', true};
  return {2, static_cast<std::uint8_t>(meant), true};
}

// Beside character references: the borders of CDATA sections mean nothing.  Comments stay, for their content.
Unit html_unit(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  if (text[at] == '&') {
    if (const auto entity = entity_at(rest)) return {entity->size, entity->code_point, false};
  } else if (text[at] == ']' && rest.starts_with(kCdataClose)) {
    return {kCdataClose.size(), 0, true, true};
  } else if (rest.starts_with(kCdataOpen)) {
    return {kCdataOpen.size(), 0, true, true};
  }
  return {1, static_cast<std::uint8_t>(text[at]), true};
}

// A quote within quotes of a shell: '\'' and '"'"'.
Unit shell_unit(std::string_view text, std::size_t at) {
  for (const std::string_view quote : {"'\\''", "'\"'\"'"}) {
    if (text.substr(at).starts_with(quote)) return {quote.size(), '\'', true};
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

// "=" at the end of a line: the line goes on (RFC 2045 section 6.7, rule 5).
bool is_soft_break(std::string_view text, std::size_t at) {
  if (text[at] == '\n' && at > 0 && text[at - 1] == '\r') --at;
  return (text[at] == '\n' || text[at] == '\r') && at > 0 && text[at - 1] == '=';
}

// "name=" after a separator or at the beginning.  At the end of a line the sign breaks it ("...&1=").
bool ends_name(std::string_view text, std::size_t at) {
  if (const std::string_view rest = text.substr(at + 1); rest.starts_with('\n') || rest.starts_with("\r\n"))
    return false;
  constexpr std::size_t kLongestName = 64;
  for (std::size_t i = 1; i <= std::min(at, kLongestName); ++i) {
    const char c = text[at - i];
    if (std::string_view("&;?, \t\r\n\"'<>").find(c) != std::string_view::npos) {
      return i > 1 && !is_soft_break(text, at - i);
    }
    if (c == '=' || c == '%' || c == '\\') return false;  // no name, but a value that goes on
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

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

// White space after a character of base64: with more of it behind, a gap in a run.
bool is_gap(std::string_view text, std::size_t at) {
  return at > 0 && is_space(text[at]) && is_base64_char(text[at - 1]) && at + 1 < text.size() &&
         (is_base64_char(text[at + 1]) || is_space(text[at + 1]));
}

// White space between two characters of base64.
Unit space_unit(std::string_view text, std::size_t at) {
  std::size_t next = at;
  while (next < text.size() && is_space(text[next])) ++next;
  const bool between = next > at && at > 0 && next < text.size() && is_base64_char(text[at - 1]);
  if (!between || !is_base64_char(text[next])) return {1, static_cast<std::uint8_t>(text[at]), true};
  return {next - at, 0, true, true};
}

// Both characters of a pair count, so that brackets and quotes of JSON are no signs.
bool is_markup_sign(std::string_view text, std::size_t at) {
  const char c = text[at];
  const char next = at + 1 < text.size() ? text[at + 1] : ' ';
  return c == '&' || (c == ']' && next == ']') || (c == '<' && next == '!');
}

bool is_shell_sign(std::string_view text, std::size_t at) {
  return text[at] == '\'' && at + 1 < text.size() && (text[at + 1] == '\\' || text[at + 1] == '"');
}

std::size_t next_of_all(std::string_view text, std::size_t at) {
  return find_in_blocks(
      text, at,
      [](const Block& c, const Block& n) {
        return (c == '%') | (c == '\\') | (c == '&') | ((c == ']') & (n == ']')) | ((c == '<') & (n == '!')) |
               ((c == '\'') & ((n == '\\') | (n == '"')));
      },
      [](std::string_view t, std::size_t i) {
        return t[i] == '%' || t[i] == '\\' || is_markup_sign(t, i) || is_shell_sign(t, i);
      });
}

}  // namespace

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
    case View::kShell:
      return shell_unit(text, at);
    case View::kSpaced:
      return space_unit(text, at);
    case View::kAll:
      return text[at] == '%'    ? percent_unit(text, at, false)
             : text[at] == '\\' ? json_unit(text, at)
             : text[at] == '\'' ? shell_unit(text, at)
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
      found = find_in_blocks(
          text, at,
          [](const Block& c, const Block& n) {
            return (c == '&') | ((c == ']') & (n == ']')) | ((c == '<') & (n == '!'));
          },
          is_markup_sign);
      break;
    case View::kShell:
      found = find_in_blocks(
          text, at, [](const Block& c, const Block& n) { return (c == '\'') & ((n == '\\') | (n == '"')); },
          is_shell_sign);
      break;
    case View::kSpaced:
      found = find_in_blocks(
          text, at, [](const Block& c, const Block&) { return (c == ' ') | (c == '\n') | (c == '\r') | (c == '\t'); },
          is_gap);
      break;
    case View::kQuoted:
    case View::kQuotedPairs:
      found = text.find('=', at);
      break;
    case View::kEventData:
    case View::kUnfolded:
      found = find_in_blocks(
          text, at, [](const Block& c, const Block&) { return (c == '\n') | (c == '\r'); },
          [](std::string_view t, std::size_t i) { return t[i] == '\n' || t[i] == '\r'; });
      break;
    case View::kPercentPlus:
      for (found = at; found < text.size() && text[found] != '%' && text[found] != '+';) ++found;
      break;
    case View::kAll:
      found = next_of_all(text, at);
      break;
  }
  return std::min(found, text.size());
}

std::size_t meant_size(const Unit& unit) {
  if (unit.is_empty) return 0;
  if (unit.is_byte || unit.code_point < 0x80) return 1;
  return unit.code_point < 0x800 ? 2 : unit.code_point < 0x10000 ? 3 : 4;
}

}  // namespace cvr::redact
