#include "redact/parts.h"

#include <algorithm>

#include "base/base64.h"
#include "redact/charset.h"
#include "redact/check.h"
#include "redact/jwt.h"
#include "redact/pseudonym.h"

namespace cvr::redact {
namespace {

constexpr std::size_t kMinLine = 24;  // of a value of several lines (PEM)
constexpr std::size_t kUuidDigits = 32;

using Visit = std::function<void(std::string_view, std::string)>;

bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

std::string cased(std::string_view text, bool upper) {
  std::string out(text);
  for (char& c : out) {
    if (upper && c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
    if (!upper && c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return out;
}

std::string without_dashes(std::string_view uuid) {
  std::string out(uuid);
  std::erase(out, '-');
  return out;
}

std::string with_dashes(std::string_view digits) {
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i == 8 || i == 12 || i == 16 || i == 20) out += '-';
    out += digits[i];
  }
  return out;
}

std::string_view segment(std::string_view token, std::size_t index) {
  for (; index > 0 && !token.empty(); --index) token.remove_prefix(std::min(token.find('.'), token.size() - 1) + 1);
  return token.substr(0, token.find('.'));
}

void jwt_parts(std::string_view value, std::string_view pseudonym, const Pseudonyms& pseudonyms, const Visit& visit) {
  const auto dots = static_cast<std::size_t>(std::ranges::count(value, '.'));
  for (std::size_t i = 1; i <= dots; ++i) {
    const std::string_view part = segment(value, i);
    if (part.size() < kMinCheckedSize || part == segment(pseudonym, i)) continue;
    visit(part, pseudonyms.of(part));
  }
}

// Folded base64 of text: such a line may be the kept head of any JWT of that issuer.  Of a key it is of bytes.
bool is_coded_text(std::string_view line) {
  const auto plain = base64_decode(line.substr(0, line.size() / 4 * 4));
  return plain && std::ranges::all_of(*plain, [](char c) { return c >= 0x20 && c < 0x7f; });
}

void line_parts(std::string_view value, const Pseudonyms& pseudonyms, const Visit& visit) {
  std::string unix;
  std::string dos;
  for (std::size_t begin = 0; begin < value.size();) {
    const std::size_t end = std::min(value.find('\n', begin), value.size());
    std::string_view line = value.substr(begin, end - begin);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.size() >= kMinLine && !line.starts_with("-----") && !is_coded_text(line)) visit(line, pseudonyms.of(line));
    unix.append(line);
    dos.append(line);
    if (end < value.size()) unix += '\n', dos += "\r\n";
    begin = end + 1;
  }
  for (const std::string* whole : {&unix, &dos}) {
    if (*whole != value) visit(*whole, pseudonyms.of(*whole));
  }
}

}  // namespace

void for_each_part(std::string_view value, std::string_view pseudonym, const Pseudonyms& pseudonyms,
                   const Visit& visit) {
  const auto both_cases = [&](std::string_view text) {
    for (const bool upper : {false, true}) {
      const std::string other = cased(text, upper);
      if (other != value) visit(other, pseudonyms.of(other));
    }
  };
  if (is_uuid(value)) {
    both_cases(value);
    both_cases(without_dashes(value));
    return;
  }
  if (std::ranges::all_of(value, is_hex)) {
    both_cases(value);
    if (value.size() == kUuidDigits) both_cases(with_dashes(value));
    return;
  }
  if (value.starts_with("eyJ") && jwt_size(value) == value.size()) {
    return jwt_parts(value, pseudonym, pseudonyms, visit);
  }
  for (const std::string& spelling : eight_bit_spellings(value)) visit(spelling, std::string(pseudonym));
  if (value.find('\n') != value.npos) line_parts(value, pseudonyms, visit);
}

}  // namespace cvr::redact
