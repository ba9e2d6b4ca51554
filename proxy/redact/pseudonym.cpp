#define OPENSSL_SUPPRESS_DEPRECATED
#include "redact/pseudonym.h"

#include <algorithm>
#include <bit>
#include <cstring>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/base64.h"
#include "redact/check.h"
#include "redact/jwt.h"
#include "redact/words.h"

namespace cvr::redact {
namespace {

constexpr std::size_t kMinDigits = 20;      // 16 digits would leave too few beside the check
constexpr std::size_t kMinPrefixTail = 20;  // a prefix is kept only before a token that is one

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_alnum(char c) { return is_digit(c) || is_lower(c) || is_upper(c); }

// Punctuation stays when it is what tokens are built with, and sparse: at most a quarter of the
// text and never more than two in a row.  Of a password nothing but its length would stay otherwise.
bool keeps_punctuation(std::string_view value) {
  std::size_t count = 0;
  std::size_t run = 0;
  for (const char c : value) {
    if (is_alnum(c)) {
      run = 0;
      continue;
    }
    if (std::string_view("-_.:|/+=~").find(c) == std::string_view::npos || ++run > 2) return false;
    ++count;
  }
  return count * 4 <= value.size();
}

// A function, since GCC 12 with -fsanitize=bounds takes 0 for the index of `(a ? "x" : "y")[i]`.
std::string_view hex_digits(bool upper) { return upper ? "0123456789ABCDEF" : "0123456789abcdef"; }

std::string uuid(std::string_view value, const Hmac& hmac) {
  std::string lower(value);
  for (char& c : lower) c = is_upper(c) ? static_cast<char>(c + 32) : c;
  Stream stream(hmac.of("uuid", lower));
  const bool upper =
      std::any_of(value.begin(), value.end(), is_upper) && std::none_of(value.begin(), value.end(), is_lower);
  std::string out(value);
  for (std::size_t i = 0; i < out.size(); ++i) {
    // Version (14) and variant (19) tell what kind of UUID it is; code checks them.
    if (out[i] == '-' || i == 14 || i == 19) continue;
    out[i] = hex_digits(upper)[stream.next() % 16];
  }
  put_check(out, Form::kUuid);
  return out;
}

std::size_t prefix_of(std::string_view value, const std::vector<std::string>& prefixes) {
  for (const std::string& prefix : prefixes) {
    if (value.starts_with(prefix) && value.size() >= prefix.size() + kMinPrefixTail) return prefix.size();
  }
  return 0;
}

std::string token(std::string_view value, std::size_t prefix, const Hmac& hmac) {
  Stream stream(hmac.of("token", value));
  std::string out(value);
  const Form form = value.size() >= kMinCheckedSize ? form_of(value) : Form::kClasses;
  if (form == Form::kClasses) {
    // '=' stays as padding only: in the middle it would begin an escape ("=3D") for some reader.
    for (std::size_t i = prefix; i < std::min(out.find_last_not_of('=') + 1, out.size()); ++i) {
      if (out[i] == '=') out[i] = 'x';
    }
    if (!keeps_punctuation(value)) {
      for (std::size_t i = prefix; i < out.size(); ++i) {
        if (!is_alnum(out[i])) out[i] = i % 2 == 0 ? 'x' : '0';
      }
    }
    const bool digits = std::all_of(value.begin(), value.end(), is_digit);
    while (out.size() < (digits ? kMinDigits : kMinCheckedSize)) out += digits ? '0' : 'x';
  }
  fill_classes(out, prefix, form == Form::kHexLower, form == Form::kHexUpper, stream);
  put_check(out, form);
  return out;
}

}  // namespace

Stream::Stream(const Hmac::Digest& digest) { std::memcpy(state_.data(), digest.data(), digest.size()); }

std::uint64_t Stream::next() {
  const std::uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
  const std::uint64_t shifted = state_[1] << 17;
  state_[2] ^= state_[0];
  state_[3] ^= state_[1];
  state_[1] ^= state_[2];
  state_[0] ^= state_[3];
  state_[2] ^= shifted;
  state_[3] = std::rotl(state_[3], 45);
  return result;
}

void fill_classes(std::string& text, std::size_t from, bool hex_lower, bool hex_upper, Stream& stream) {
  for (std::size_t i = from; i < text.size(); ++i) {
    if (!is_free(text, i)) continue;
    char& c = text[i];
    if (hex_lower || hex_upper) {
      c = hex_digits(hex_upper)[stream.next() % 16];
    } else {
      c = is_digit(c) ? stream.digit() : is_lower(c) ? stream.lower() : stream.upper();
    }
  }
}

std::string same_shape(std::string_view text, const Pseudonyms& pseudonyms) {
  std::string out = pseudonyms.of(text);
  out.resize(text.size(), 'x');
  return out;
}

// Recently made pseudonyms of short values (header values that are on no list, short cookies).
// Direct-mapped; a slot in use by another thread counts as a miss, so nobody ever waits.
struct Pseudonyms::Memo {
  static constexpr std::size_t kSlots = 512;
  static constexpr std::size_t kMaxValue = 2048;
  struct Slot {
    std::atomic_flag busy;
    std::string value;
    std::string pseudonym;
    std::uint8_t what = 0;
  };
  std::array<Slot, kSlots> slots;

  static std::uint64_t hash(std::string_view value, std::uint8_t what) {
    return XXH3_64bits_withSeed(value.data(), value.size(), what);
  }
  bool get(std::uint64_t hash, std::string_view value, std::uint8_t what, std::string& out) {
    Slot& slot = slots[hash % kSlots];
    if (slot.busy.test_and_set(std::memory_order_acquire)) return false;
    const bool found = slot.value == value && slot.what == what && !slot.value.empty();
    if (found) out = slot.pseudonym;
    slot.busy.clear(std::memory_order_release);
    return found;
  }
  void put(std::uint64_t hash, std::string_view value, std::uint8_t what, const std::string& pseudonym) {
    Slot& slot = slots[hash % kSlots];
    if (slot.busy.test_and_set(std::memory_order_acquire)) return;
    slot.value = value;
    slot.what = what;
    slot.pseudonym = pseudonym;
    slot.busy.clear(std::memory_order_release);
  }
};

Pseudonyms::Pseudonyms(const PseudonymKey& key, Options options)
    : hmac_(key.bytes),
      options_(std::move(options)),
      shapes_(hmac_, options_.id_prefixes),
      adopted_(std::make_unique<Adopted>()),
      memo_(std::make_unique<Memo>()) {}
Pseudonyms::~Pseudonyms() = default;

// `what`: tells apart what is made of one value.
template <class Make>
std::string Pseudonyms::memoised(std::string_view value, std::uint8_t what, const Make& make) const {
  if (value.size() > Memo::kMaxValue) return make();
  const std::uint64_t hash = Memo::hash(value, what);
  std::string made;
  if (memo_->get(hash, value, what, made)) return made;
  made = make();
  memo_->put(hash, value, what, made);
  return made;
}

std::string Pseudonyms::of(std::string_view value) const {
  if (value.empty()) return {};
  return memoised(value, 0, [&] { return make(value); });
}

std::string Pseudonyms::make(std::string_view value) const {
  if (is_uuid(value)) return uuid(value, hmac_);
  if (is_email(value)) return shapes_.email(value);
  if (auto jwt = jwt_pseudonym(value, *this)) return *std::move(jwt);
  // From the ledger's shortest on it is found where numbers stand, and must stay in their range.
  const bool found_in_numbers = value.size() >= kMinLedgerSize && value.size() < kMinDigits;
  if (found_in_numbers && std::ranges::all_of(value, is_digit)) return number(value);
  return token(value, prefix_of(value, options_.prefixes), hmac_);
}

std::optional<std::string> Pseudonyms::shaped(std::string_view value, Kind kind) const {
  if (!options_.rekeys && (is_pseudonym(value) || adopted_->holds(value))) return std::nullopt;
  if (is_uuid(value)) return of(value);
  return memoised(value, static_cast<std::uint8_t>(1 + static_cast<int>(kind)),
                  [&] { return shapes_.of(value, kind); });
}

std::string Pseudonyms::number(std::string_view text) const {
  // Of so few that two would meet in one: a bijection instead.
  if (std::ranges::count_if(text, is_digit) < static_cast<std::ptrdiff_t>(kMinLedgerSize)) {
    return shapes_.of(text, Kind::kNumber);
  }
  Stream stream(hmac_.of("number", text));
  std::string out(text);
  bool first = true;
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (out[i] == 'e' || out[i] == 'E') break;  // the exponent stays: the result must stay in range
    if (!is_digit(out[i])) continue;
    // RFC 8259: no leading zero; and 0.x stays below one.
    if (first) {
      if (out[i] != '0') out[i] = static_cast<char>('1' + stream.next() % 9);
      first = false;
    } else {
      out[i] = stream.digit();
    }
  }
  return out;
}

std::string Pseudonyms::body_digest(std::string_view sha256) const {
  const Hmac::Digest digest = hmac_.of("body", sha256);
  return hex_encode({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

std::string Pseudonyms::body_digest_of(std::string_view wire) const {
  std::array<std::uint8_t, 32> sha256;
  SHA256(reinterpret_cast<const unsigned char*>(wire.data()), wire.size(), sha256.data());
  return body_digest({reinterpret_cast<const char*>(sha256.data()), sha256.size()});
}

}  // namespace cvr::redact
