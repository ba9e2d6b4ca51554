#include "redact/ibans.h"

#include <algorithm>

#include "redact/blocks.h"

namespace cvr::redact {
namespace {

// The IBAN registry of SWIFT, release 99.
constexpr std::string_view kSizes =
    "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 "
    "ES24 "
    "FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 "
    "LC32 "
    "LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 "
    "RO24 "
    "RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30";

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_alnum(char c) { return is_upper(c) || is_digit(c) || (c >= 'a' && c <= 'z'); }

int size_of(std::string_view country) {
  for (std::size_t at = 0; at + 4 <= kSizes.size(); at += 5) {
    if (kSizes.substr(at, 2) == country) return (kSizes[at + 2] - '0') * 10 + kSizes[at + 3] - '0';
  }
  return 0;
}

unsigned rest(unsigned so_far, char c) {
  return is_digit(c) ? (so_far * 10 + static_cast<unsigned>(c - '0')) % 97
                     : (so_far * 100 + static_cast<unsigned>(c - 'A') + 10) % 97;
}

bool begins(std::string_view text, std::size_t at) {
  return at + 4 <= text.size() && is_upper(text[at]) && is_upper(text[at + 1]) && is_digit(text[at + 2]) &&
         is_digit(text[at + 3]) && (at == 0 || !is_alnum(text[at - 1]));
}

}  // namespace

std::size_t iban_size(std::string_view text, std::size_t at) {
  if (!begins(text, at)) return 0;
  const int size = size_of(text.substr(at, 2));
  if (size == 0) return 0;
  const bool groups = at + 4 < text.size() && text[at + 4] == ' ';
  unsigned sum = 0;
  std::size_t end = at + 4;
  for (int count = 4; count < size; ++count, ++end) {
    if (groups && count % 4 == 0 && end < text.size() && text[end] == ' ') ++end;
    if (end >= text.size() || (!is_upper(text[end]) && !is_digit(text[end]))) return 0;
    sum = rest(sum, text[end]);
  }
  for (std::size_t i = at; i < at + 4; ++i) sum = rest(sum, text[i]);
  const bool alone = end == text.size() || !is_alnum(text[end]);
  return sum == 1 && alone ? end - at : 0;
}

std::size_t next_iban(std::string_view text, std::size_t at) {
  const auto may_begin = [](const Block& here, const Block& next) {
    const Block a = here - static_cast<std::uint8_t>('A');
    const Block b = next - static_cast<std::uint8_t>('A');
    return (a < 26) & (b < 26);
  };
  return find_in_blocks(text, at, may_begin, begins);
}

}  // namespace cvr::redact
