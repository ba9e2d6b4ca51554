#include "redact/check.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "cvr/result.h"
#include "redact/mail_domain.h"

namespace cvr::redact {
namespace {

constexpr std::uint64_t kSeed = 0x6376722d70736575;  // "cvr-pseu"; fixed for ever, see the header
constexpr int kNeededMilliBits = 31'000;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

// Of hex digits; 0 for others.
enum HexClass : std::uint8_t { kNoHex = 0, kDigits = 1, kLowerHex = 2, kUpperHex = 4 };
constexpr auto kHex = [] {
  std::array<std::uint8_t, 256> out{};
  for (std::size_t c = '0'; c <= '9'; ++c) out[c] = kDigits;
  for (std::size_t c = 'a'; c <= 'f'; ++c) out[c] = kLowerHex;
  for (std::size_t c = 'A'; c <= 'F'; ++c) out[c] = kUpperHex;
  return out;
}();

struct Places {
  std::array<std::uint32_t, 12> at{};
  std::size_t count = 0;
  bool enough = false;
};

// Walks backwards until the characters found can hold the check.
Places places_of(std::string_view text, Form form) {
  Places places;
  int milli_bits = 0;
  for (std::size_t i = text.size(); i-- > 0 && places.count < places.at.size();) {
    if (!is_free(text, i)) continue;
    places.at[places.count++] = static_cast<std::uint32_t>(i);
    milli_bits += form != Form::kClasses ? 4'000 : is_digit(text[i]) ? 3'321 : 4'700;
    if (milli_bits >= kNeededMilliBits) {
      places.enough = true;
      break;
    }
  }
  return places;
}

char character_for(char old, Form form, bool upper_uuid, std::uint64_t& hash) {
  const auto take = [&hash](std::uint64_t range) {
    const auto value = static_cast<std::size_t>(hash % range);
    hash /= range;
    return value;
  };
  if (form != Form::kClasses) {
    const bool upper = form == Form::kHexUpper || upper_uuid;
    // Not `(upper ? ".." : "..")[take(16)]`: GCC 12 with -fsanitize=bounds takes 0 for the index.
    constexpr std::string_view kUpper = "0123456789ABCDEF", kLower = "0123456789abcdef";
    return upper ? kUpper[take(16)] : kLower[take(16)];
  }
  if (is_digit(old)) return static_cast<char>('0' + take(10));
  return static_cast<char>((is_lower(old) ? 'a' : 'A') + take(26));
}

// The check characters, in the order of `places`.
std::array<char, 12> check_of(std::string_view text, Form form, const Places& places) {
  const std::size_t first = places.at[places.count - 1];
  std::array<char, 64> most;  // of most texts: nothing is allocated
  std::string longer;
  std::span<char> tail = std::span(most).first(std::min(text.size() - first, most.size()));
  if (text.size() - first > most.size()) {
    longer.resize(text.size() - first);
    tail = longer;
  }
  std::ranges::copy(text.substr(first), tail.begin());
  for (std::size_t i = 0; i < places.count; ++i) {
    char& c = tail[places.at[i] - first];
    c = form != Form::kClasses ? 'x' : is_digit(c) ? '0' : is_lower(c) ? 'a' : 'A';
  }
  std::uint64_t hash = XXH3_64bits_withSeed(text.data(), first, kSeed + static_cast<std::uint64_t>(form));
  hash = XXH3_64bits_withSeed(tail.data(), tail.size(), hash);
  bool upper_uuid = false;
  if (form == Form::kUuid) {
    for (const char c : text.substr(0, first)) upper_uuid |= is_upper(c);
  }
  std::array<char, 12> check{};
  for (std::size_t i = 0; i < places.count; ++i) check[i] = character_for(text[places.at[i]], form, upper_uuid, hash);
  return check;
}

bool carries(std::string_view text, Form form) {
  const Places places = places_of(text, form);
  if (!places.enough) return false;
  const auto check = check_of(text, form, places);
  for (std::size_t i = 0; i < places.count; ++i) {
    if (text[places.at[i]] != check[i]) return false;
  }
  return true;
}

}  // namespace

bool is_free(std::string_view text, std::size_t at) {
  const char c = text[at];
  return (is_digit(c) || is_lower(c) || is_upper(c)) && (at == 0 || text[at - 1] != '\\');
}

bool is_uuid(std::string_view text) {
  if (text.size() != 36 || text[8] != '-' || text[13] != '-' || text[18] != '-' || text[23] != '-') return false;
  bool good = true;
  for (std::size_t i = 0; i < 36; ++i) good &= kHex[static_cast<std::uint8_t>(text[i])] != kNoHex || text[i] == '-';
  return good && std::ranges::count(text, '-') == 4;
}

Form form_of(std::string_view text) {
  if (is_uuid(text)) return Form::kUuid;
  std::uint8_t seen = 0;
  for (const char c : text) {
    const std::uint8_t what = kHex[static_cast<std::uint8_t>(c)];
    if (what == kNoHex) return Form::kClasses;
    seen |= what;
  }
  const bool lower = (seen & kLowerHex) != 0;
  const bool upper = (seen & kUpperHex) != 0;
  if (lower == upper) return Form::kClasses;  // digits alone, or both cases
  return lower ? Form::kHexLower : Form::kHexUpper;
}

bool can_carry_check(std::string_view text, Form form) {
  return text.size() >= kMinCheckedSize && places_of(text, form).enough;
}

void put_check(std::string& text, Form form) {
  const Places places = places_of(text, form);
  CVR_CHECK(places.enough);
  const auto check = check_of(text, form, places);
  for (std::size_t i = 0; i < places.count; ++i) text[places.at[i]] = check[i];
}

bool is_pseudonym(std::string_view text) {
  if (text.size() < kMinCheckedSize) return false;
  if (is_mail_pseudonym(text)) return true;
  const Form form = form_of(text);
  if (form == Form::kUuid || form == Form::kClasses) {
    // Hex digits drawn for a hex form may all be decimal ones.
    return carries(text, form) || (form == Form::kClasses && text.find_first_not_of("0123456789") == text.npos &&
                                   (carries(text, Form::kHexLower) || carries(text, Form::kHexUpper)));
  }
  return carries(text, form) || carries(text, Form::kClasses);
}

}  // namespace cvr::redact
