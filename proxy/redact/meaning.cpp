#include "redact/meaning.h"

#include <algorithm>
#include <string>

#include "base/base64.h"
#include "base/json_scan.h"
#include "redact/media_type.h"
#include "redact/views.h"

namespace cvr::redact {
namespace {

constexpr std::size_t kMinPart = 8;  // what the ledger takes
constexpr std::size_t kMaxParts = 32;
constexpr std::size_t kMaxValue = 16u << 10;
constexpr int kMaxDepth = 3;  // encodings around a part

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_space(char c) { return c == ' ' || c == '\t'; }
bool in_name(char c) { return is_letter(c) || is_digit(c) || std::string_view("_-.[]$").contains(c); }

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

// "www7.example.com": lower case, dots, and a last label of letters alone (RFC 1123 section 2.1).
bool is_host(std::string_view value) {
  const std::size_t dot = value.rfind('.');
  if (dot == value.npos || dot == 0 || value.size() - dot < 3) return false;
  const std::string_view top = value.substr(dot + 1, value.find(':', dot) - dot - 1);
  return std::ranges::all_of(top, [](char c) { return c >= 'a' && c <= 'z'; }) &&
         std::ranges::all_of(
             value, [](char c) { return (c >= 'a' && c <= 'z') || is_digit(c) || c == '.' || c == '-' || c == ':'; });
}

class Search {
 public:
  explicit Search(const std::function<void(const Meaning&)>& visit) : visit_(visit) {}

  // `known`: the caller has this one.
  void value(std::string_view text, bool known, int depth) {
    text = trim(text);
    if (text.size() < kMinPart || text.size() > kMaxValue) return;
    if (!known) part(text);
    if (depth == kMaxDepth) return;
    if (text.size() > 2 && (text[0] == '"' || text[0] == '\'') && text.back() == text[0]) {
      return value(text.substr(1, text.size() - 2), false, depth + 1);
    }
    if (looks_like_json(text)) return json(text, depth);
    // Express writes an object so.
    if (text.starts_with("j:") && looks_like_json(text.substr(2))) return json(text.substr(2), depth);
    signed_value(text, depth);
    if (pairs(text, depth)) return;
    if (text.find('%') != text.npos && has_view(text, View::kPercent)) {
      return value(decode(text, View::kPercent), false, depth + 1);
    }
    if (coded_json(text, depth)) return;
    words(text);
    halves(text);
  }

 private:
  void part(std::string_view text) {
    if (!is_token_shaped(text) || parts_ == kMaxParts) return;
    ++parts_;
    visit_({.text = text, .name = name_, .whole = whole_});
  }

  void json(std::string_view text, int depth) {
    whole_ = false;
    json::Scanner scanner(text);
    for (;;) {
      const auto token = scanner.next();
      if (!token || *token == json::Token::kEnd) return;
      if (*token == json::Token::kKey) name_ = scanner.raw();
      if (*token == json::Token::kString) value(json::unescape(scanner.raw()), false, depth + 1);
    }
  }

  // "a=1&b=2", "a=1, b=2": the values.  False: no pairs.
  bool pairs(std::string_view text, int depth) {
    const std::size_t equals = text.find('=');
    if (equals == 0 || equals == text.npos || text.find_first_not_of('=', equals) == text.npos) return false;
    whole_ = false;
    // "1234567890, b=VALUE": a list whose first members have no name.
    const std::size_t named = text.substr(0, equals).rfind(',');
    const std::size_t first = named == text.npos ? 0 : named + 1;
    if (!std::ranges::all_of(trim(text.substr(first, equals - first)), in_name)) return false;
    for (std::size_t begin = 0; begin < first;) {
      const std::size_t end = text.find(',', begin);
      value(text.substr(begin, end - begin), false, depth + 1);
      begin = end + 1;
    }
    text.remove_prefix(first);
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = std::min(text.find_first_of("&;,", begin), text.size());
      const std::string_view pair = text.substr(begin, end - begin);
      name_ = trim(pair.substr(0, pair.find('=')));
      value(pair.substr(std::min(pair.find('=') + 1, pair.size())), false, depth + 1);
      begin = end + 1;
    }
    return true;
  }

  // Base64 of a JSON text; tokens of more segments (JWT, signed cookies) by their first one.
  bool coded_json(std::string_view text, int depth) {
    if (!text.starts_with("ey") && !text.starts_with("ew") && !text.starts_with("W")) return false;
    const auto plain = base64_decode(text);
    if (!plain || !looks_like_json(*plain)) return false;
    json(*plain, depth + 1);
    return true;
  }

  // "s:VALUE.SIGNATURE" of Express: what was signed is a value of its own, as a session's id is.
  void signed_value(std::string_view text, int depth) {
    const std::size_t dot = text.rfind('.');
    if (!text.starts_with("s:") || dot == text.npos) return;
    whole_ = false;
    const std::string name = name_;
    value(text.substr(2, dot - 2), false, depth + 1);
    name_ = name;
  }

  void words(std::string_view text) {
    if (text.find_first_of(" \t") == text.npos) return;
    whole_ = false;
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = std::min(text.find_first_of(" \t", begin), text.size());
      part(text.substr(begin, end - begin));
      begin = end + 1;
    }
  }

  // "id:secret", "account:signature".
  void halves(std::string_view text) {
    const std::size_t colon = text.find(':');
    if (colon == text.npos || colon == 0 || text.find("://") != text.npos || text.find(' ') != text.npos) return;
    whole_ = false;
    part(text.substr(0, colon));
    part(text.substr(colon + 1));
  }

  const std::function<void(const Meaning&)>& visit_;
  std::string name_;   // the last one on the way
  bool whole_ = true;  // nothing was taken apart yet
  std::size_t parts_ = 0;
};

}  // namespace

bool is_token_shaped(std::string_view value) {
  if (value.size() < kMinPart || value.find_first_of(" \t\r\n") != value.npos) return false;
  if (value.find_first_not_of("0123456789.,:+-TZ") == value.npos) return false;  // numbers and times
  return !std::ranges::all_of(value, is_letter) || value.size() >= 20;
}

bool is_drawn(std::string_view value) {
  if (value.size() < 10 || !is_token_shaped(value) || value.find('/') != value.npos || is_host(value)) return false;
  return std::ranges::any_of(value, is_digit) && std::ranges::any_of(value, is_letter);
}

void for_each_meaning(std::string_view value, const std::function<void(const Meaning&)>& visit) {
  Search(visit).value(value, true, 0);
}

}  // namespace cvr::redact
