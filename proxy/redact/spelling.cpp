#define OPENSSL_SUPPRESS_DEPRECATED
#include "redact/spelling.h"

#include <cmath>

#include "redact/permutation.h"
#include "redact/pseudonym.h"

namespace cvr::redact {

void Spelling::free(std::size_t at, char first, std::uint8_t radix) {
  places_.push_back({at, first, radix, static_cast<std::uint8_t>(text_[at] - first)});
  bits_ += std::log2(radix);
}

void Spelling::free_letter(std::size_t at) { free(at, text_[at] >= 'a' ? 'a' : 'A', 26); }

std::string Spelling::changed(const Hmac& hmac, std::string_view extra) const {
  std::string out = text_;
  std::uint64_t size = 1;
  std::uint64_t value = 0;
  bool small = extra.empty();
  for (const Place& place : places_) {
    small = small && !__builtin_mul_overflow(size, std::uint64_t{place.radix}, &size) && size < Permutation::kMaxSize;
    if (!small) break;
    value = value * place.radix + place.index;
  }
  if (small) {
    value = Permutation(hmac, size).of(value);
    for (auto place = places_.rbegin(); place != places_.rend(); ++place) {
      out[place->at] = static_cast<char>(place->first + value % place->radix);
      value /= place->radix;
    }
    return out;
  }
  std::string seen;
  seen.reserve(places_.size() * 2 + extra.size() + 1);
  for (const Place& place : places_) {
    seen += static_cast<char>(place.radix);
    seen += static_cast<char>(place.index);
  }
  seen += '\xff';  // no radix
  seen += extra;
  Stream stream(hmac.of("spelling", seen));
  for (const Place& place : places_) out[place.at] = static_cast<char>(place.first + stream.next() % place.radix);
  return out;
}

}  // namespace cvr::redact
