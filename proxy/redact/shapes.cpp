#define OPENSSL_SUPPRESS_DEPRECATED
#include "redact/shapes.h"

#include <algorithm>
#include <cstring>

#include "base/utf8.h"
#include "redact/check.h"
#include "redact/dates.h"
#include "redact/ibans.h"
#include "redact/mail_domain.h"
#include "redact/spelling.h"

namespace cvr::redact {
namespace {

constexpr double kCheckedBits = 31 + 56;  // the check, and enough beside it to keep texts apart
constexpr std::size_t kMaxEmail = 320;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

// Spaces, quotes, dashes, symbols, pictures: they stay.
bool is_wide_punctuation(std::uint32_t c) {
  return (c < 0xc0 && c != 0xaa && c != 0xb5 && c != 0xba) || c == 0xd7 || c == 0xf7 || (c >= 0x2000 && c < 0x2c00) ||
         (c >= 0x3000 && c < 0x3005) || (c >= 0xfe00 && c < 0xfe10) || (c >= 0x1f000 && c < 0x20000);
}

// Each letter beyond ASCII as an ASCII letter, a capital at the beginning of a word.
std::string narrowed(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    if (is_ascii(text[at])) {
      out += text[at++];
      continue;
    }
    const Utf8 next = decode_utf8(text.substr(at));
    if (next.valid && is_wide_punctuation(next.code_point)) {
      out += text.substr(at, next.size);
    } else {
      out += out.empty() || !is_letter(out.back()) ? 'X' : 'x';
    }
    at += next.size;
  }
  return out;
}

// A group of thousands or the digits after a point: any digit may come first.
bool goes_on(std::string_view text, std::size_t at) {
  return at >= 2 && std::string_view(".,'").contains(text[at - 1]) && is_digit(text[at - 2]);
}

// Digits of the country code (ITU-T E.164, list of assigned codes): it stays, or the number would be none.
std::size_t country_code_size(std::string_view digits) {
  constexpr std::string_view kTwo =
      "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 "
      "62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98";
  if (digits.starts_with('1') || digits.starts_with('7')) return 1;
  if (digits.size() < 2 || !is_digit(digits[1])) return 1;
  return kTwo.find(digits.substr(0, 2)) != kTwo.npos ? 2 : 3;
}

std::size_t scheme_size(std::string_view text) {
  return text.starts_with("https://") ? 8 : text.starts_with("http://") ? 7 : 0;
}

// Of a registration without a dash ("N417QX", "JA8089"): the letters that say its state.
std::size_t mark_size(std::string_view text) {
  const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (text.size() > 7 || !std::ranges::all_of(text, [&](char c) { return is_upper(c) || is_digit(c); })) return 0;
  const std::size_t size = std::min(text.find_first_of("0123456789"), text.size());
  constexpr std::string_view kMarks[] = {"N", "JA", "HL"};
  return size < text.size() && std::ranges::find(kMarks, text.substr(0, size)) != std::end(kMarks) ? size : 0;
}

std::int64_t days_of(const Hmac& hmac) {
  const Hmac::Digest digest = hmac.of("days", {});
  std::uint32_t number;
  std::memcpy(&number, digest.data(), sizeof number);
  // One to four years, to either side: neither the day nor the season can be read off.
  const auto days = static_cast<std::int64_t>(366 + number % 1100);
  return (number >> 31) != 0 ? days : -days;
}

}  // namespace

bool is_email(std::string_view text) {
  if (text.size() > kMaxEmail || text.size() < 5) return false;
  const std::size_t at = text.find('@');
  if (at == 0 || at == text.npos || text.find('@', at + 1) != text.npos) return false;
  if (std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) <= 0x20 || c == 0x7f; }))
    return false;
  if (text.find_first_of("<>\"\\/:;,()?&=") != text.npos) return false;
  const std::string_view domain = text.substr(at + 1);
  const std::size_t dot = domain.rfind('.');
  if (dot == domain.npos || dot == 0 || domain.find("..") != domain.npos || domain.front() == '.') return false;
  const std::string_view last = domain.substr(dot + 1);
  return last.size() >= 2 && std::ranges::all_of(last, [](char c) { return is_letter(c) || !is_ascii(c); });
}

bool is_international_phone(std::string_view text) {
  if (text.size() < 9 || text.size() > 40 || text[0] != '+' || text[1] < '1' || text[1] > '9') return false;
  int count = 0;
  int run = 0;
  for (const char c : text.substr(1)) {
    if (is_digit(c)) {
      ++count;
      run = 0;
    } else if (!std::string_view(" -.()").contains(c) || ++run > 2) {
      return false;
    }
  }
  return count >= 8 && count <= 15 && is_digit(text.back());
}

std::size_t id_prefix(std::string_view text, const std::vector<std::string>& prefixes) {
  for (const std::string& prefix : prefixes) {
    if (!text.starts_with(prefix) || text.size() == prefix.size() || !is_digit(text[prefix.size()])) continue;
    if (text.find_first_not_of("0123456789-", prefix.size()) == text.npos) return prefix.size();
  }
  return 0;
}

Shapes::Shapes(const Hmac& hmac, std::vector<std::string> id_prefixes)
    : hmac_(hmac), id_prefixes_(std::move(id_prefixes)), days_(days_of(hmac)) {}

std::string Shapes::of(std::string_view value, Kind kind) const {
  if (kind == Kind::kPrice || kind == Kind::kNumber) return digits(value, false);
  if (kind == Kind::kDate) {
    auto shifted = shift_date(value, days_);
    return shifted ? *std::move(shifted) : digits(value, false);
  }
  if (is_email(value)) return email(value);
  if (kind == Kind::kPhone || is_international_phone(value)) {
    const bool letters = std::ranges::any_of(value, [](char c) { return is_letter(c) || !is_ascii(c); });
    return letters ? classes(value, 0) : digits(value, true);
  }
  if (is_iban(value)) return account(value);
  if (kind == Kind::kTail) return tail(value);
  const std::size_t prefix = id_prefix(value, id_prefixes_);
  if (prefix != 0) return classes(value, prefix);
  // In a path a registration is an id like others, and has one pseudonym in both places.
  return classes(value, kind == Kind::kId && scheme_size(value) == 0 ? mark_size(value) : scheme_size(value));
}

// Letters and digits within their classes, `fixed` bytes in front as they are.
std::string Shapes::classes(std::string_view value, std::size_t fixed) const {
  const bool wide = !std::ranges::all_of(value, is_ascii);
  Spelling spelling(wide ? narrowed(value) : std::string(value));
  const std::string& text = spelling.text();
  for (std::size_t i = fixed; i < text.size(); ++i) {
    if (is_letter(text[i])) {
      spelling.free_letter(i);
    } else if (is_digit(text[i])) {
      const bool first = (i == fixed || !is_digit(text[i - 1])) && !goes_on(text, i);
      first ? spelling.free_first_digit(i) : spelling.free_digit(i);
    }
  }
  std::string out = spelling.changed(hmac_, wide ? value : std::string_view());
  if (fixed == 0 && spelling.bits() >= kCheckedBits && can_carry_check(out, Form::kClasses)) {
    put_check(out, Form::kClasses);
  }
  return out;
}

// Digits alone.  `one_run`: what stands between them does not count (phones).
std::string Shapes::digits(std::string_view value, bool one_run) const {
  Spelling spelling{std::string(value)};
  bool begun = false;
  std::size_t code = one_run && value.starts_with('+') ? country_code_size(value.substr(1)) : 0;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (!is_digit(value[i])) continue;
    if (code > 0) {
      --code;
      continue;
    }
    const bool after_digit = i > 0 && is_digit(value[i - 1]);
    if (i > 0 && !after_digit && begun && !one_run) {
      // 1.5e10: the exponent stays, so that the number stays in range.
      const char c = value[i - 1] == '+' || value[i - 1] == '-' ? (i > 1 ? value[i - 2] : ' ') : value[i - 1];
      if (c == 'e' || c == 'E') break;
    }
    const bool first = one_run ? !begun : !after_digit && !goes_on(value, i);
    first ? spelling.free_first_digit(i) : spelling.free_digit(i);
    begun = true;
  }
  return spelling.changed(hmac_);
}

// The nationality mark stays: "D-", "G-", and of those without a dash "N", "JA" and "HL" before a digit.
std::string Shapes::tail(std::string_view value) const {
  const std::size_t dash = value.find('-');
  return classes(value, dash != value.npos && dash <= 3 ? dash + 1 : mark_size(value));
}

std::string Shapes::account(std::string_view value) const {
  std::string out = classes(value, 2);
  if (is_iban(out)) out[3] = out[3] == '9' ? '0' : static_cast<char>(out[3] + 1);
  return out;
}

std::string Shapes::email(std::string_view value) const {
  const std::size_t at = value.find('@');
  return classes(value.substr(0, at), 0) + '@' + mail_domain(value.substr(at + 1), hmac_);
}

}  // namespace cvr::redact
