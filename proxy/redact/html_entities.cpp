#include "redact/html_entities.h"

#include <algorithm>
#include <iterator>

namespace cvr::redact {
namespace {

constexpr std::size_t kMostDigits = 12;

struct Name {
  std::string_view name;
  std::uint32_t code_point;
};

// Sorted by name.
constexpr Name kNames[] = {
    {"AElig", 0xc6},   {"AMP", '&'},          {"Aacute", 0xc1},   {"Acirc", 0xc2},    {"Agrave", 0xc0},
    {"Aring", 0xc5},   {"Atilde", 0xc3},      {"Auml", 0xc4},     {"Ccedil", 0xc7},   {"DiacriticalGrave", '`'},
    {"Dot", 0xa8},     {"ETH", 0xd0},         {"Eacute", 0xc9},   {"Ecirc", 0xca},    {"Egrave", 0xc8},
    {"Euml", 0xcb},    {"GT", '>'},           {"Hat", '^'},       {"Iacute", 0xcd},   {"Icirc", 0xce},
    {"Igrave", 0xcc},  {"Iuml", 0xcf},        {"LT", '<'},        {"NewLine", '\n'},  {"Ntilde", 0xd1},
    {"OElig", 0x152},  {"Oacute", 0xd3},      {"Ocirc", 0xd4},    {"Ograve", 0xd2},   {"Oslash", 0xd8},
    {"Otilde", 0xd5},  {"Ouml", 0xd6},        {"QUOT", '"'},      {"Scaron", 0x160},  {"THORN", 0xde},
    {"Tab", '\t'},     {"Uacute", 0xda},      {"Ucirc", 0xdb},    {"Ugrave", 0xd9},   {"UnderBar", '_'},
    {"Uuml", 0xdc},    {"VerticalLine", '|'}, {"Yacute", 0xdd},   {"Yuml", 0x178},    {"aacute", 0xe1},
    {"acirc", 0xe2},   {"acute", 0xb4},       {"aelig", 0xe6},    {"agrave", 0xe0},   {"amp", '&'},
    {"apos", '\''},    {"aring", 0xe5},       {"ast", '*'},       {"atilde", 0xe3},   {"auml", 0xe4},
    {"bdquo", 0x201e}, {"brvbar", 0xa6},      {"bsol", '\\'},     {"bull", 0x2022},   {"ccedil", 0xe7},
    {"cedil", 0xb8},   {"cent", 0xa2},        {"circ", 0x2c6},    {"colon", ':'},     {"comma", ','},
    {"commat", '@'},   {"copy", 0xa9},        {"curren", 0xa4},   {"dagger", 0x2020}, {"deg", 0xb0},
    {"divide", 0xf7},  {"dollar", '$'},       {"eacute", 0xe9},   {"ecirc", 0xea},    {"egrave", 0xe8},
    {"emsp", 0x2003},  {"ensp", 0x2002},      {"equals", '='},    {"eth", 0xf0},      {"euml", 0xeb},
    {"euro", 0x20ac},  {"excl", '!'},         {"fnof", 0x192},    {"frac12", 0xbd},   {"frac14", 0xbc},
    {"frac34", 0xbe},  {"grave", '`'},        {"gt", '>'},        {"hellip", 0x2026}, {"iacute", 0xed},
    {"icirc", 0xee},   {"iexcl", 0xa1},       {"igrave", 0xec},   {"iquest", 0xbf},   {"iuml", 0xef},
    {"laquo", 0xab},   {"lbrace", '{'},       {"lbrack", '['},    {"lcub", '{'},      {"ldquo", 0x201c},
    {"lowbar", '_'},   {"lpar", '('},         {"lsqb", '['},      {"lsquo", 0x2018},  {"lt", '<'},
    {"macr", 0xaf},    {"mdash", 0x2014},     {"micro", 0xb5},    {"midast", '*'},    {"middot", 0xb7},
    {"nbsp", 0xa0},    {"ndash", 0x2013},     {"not", 0xac},      {"ntilde", 0xf1},   {"num", '#'},
    {"oacute", 0xf3},  {"ocirc", 0xf4},       {"oelig", 0x153},   {"ograve", 0xf2},   {"ordf", 0xaa},
    {"ordm", 0xba},    {"oslash", 0xf8},      {"otilde", 0xf5},   {"ouml", 0xf6},     {"para", 0xb6},
    {"percnt", '%'},   {"period", '.'},       {"permil", 0x2030}, {"plus", '+'},      {"plusmn", 0xb1},
    {"pound", 0xa3},   {"quest", '?'},        {"quot", '"'},      {"raquo", 0xbb},    {"rbrace", 0x7d},
    {"rbrack", ']'},   {"rcub", 0x7d},        {"rdquo", 0x201d},  {"reg", 0xae},      {"rpar", ')'},
    {"rsqb", ']'},     {"rsquo", 0x2019},     {"sbquo", 0x201a},  {"scaron", 0x161},  {"sect", 0xa7},
    {"semi", ';'},     {"shy", 0xad},         {"sol", '/'},       {"sup1", 0xb9},     {"sup2", 0xb2},
    {"sup3", 0xb3},    {"szlig", 0xdf},       {"thinsp", 0x2009}, {"thorn", 0xfe},    {"tilde", 0x2dc},
    {"times", 0xd7},   {"trade", 0x2122},     {"uacute", 0xfa},   {"ucirc", 0xfb},    {"ugrave", 0xf9},
    {"uml", 0xa8},     {"uuml", 0xfc},        {"verbar", '|'},    {"vert", '|'},      {"yacute", 0xfd},
    {"yen", 0xa5},     {"yuml", 0xff},        {"zwj", 0x200d},    {"zwnj", 0x200c},
};
static_assert(std::ranges::is_sorted(kNames, {}, &Name::name));

constexpr std::size_t kLongestName = 16;

bool is_alnum(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

int digit_value(char c, bool hex) {
  if (c >= '0' && c <= '9') return c - '0';
  if (hex && c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (hex && c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::optional<Entity> numeric(std::string_view text) {
  const bool hex = text.size() > 2 && (text[2] == 'x' || text[2] == 'X');
  const std::size_t first = hex ? 3 : 2;
  std::size_t i = first;
  std::uint32_t code_point = 0;
  for (; i < text.size() && i < first + kMostDigits; ++i) {
    const int digit = digit_value(text[i], hex);
    if (digit < 0) break;
    code_point = code_point * (hex ? 16 : 10) + static_cast<std::uint32_t>(digit);
    if (code_point > 0x10ffff) return std::nullopt;
  }
  if (i == first) return std::nullopt;
  if (i < text.size() && text[i] == ';') ++i;
  return Entity{i, code_point};
}

}  // namespace

std::optional<Entity> entity_at(std::string_view text) {
  if (text.size() > 1 && text[1] == '#') return numeric(text);
  std::size_t end = 1;
  while (end < text.size() && end <= kLongestName && is_alnum(text[end])) ++end;
  const std::string_view name = text.substr(1, end - 1);
  if (end < text.size() && text[end] == ';') {
    const auto* found = std::ranges::lower_bound(kNames, name, {}, &Name::name);
    if (found != std::end(kNames) && found->name == name) return Entity{end + 1, found->code_point};
    return std::nullopt;
  }
  for (const std::string_view old : {"amp", "lt", "gt", "quot"}) {
    if (name == old) return Entity{end, std::ranges::lower_bound(kNames, old, {}, &Name::name)->code_point};
  }
  return std::nullopt;
}

}  // namespace cvr::redact
