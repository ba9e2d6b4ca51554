// A keyed permutation of the numbers below a size: what makes a short pseudonym both unlike its value
// and unlike every other value's (an airport code has 456,976 spellings, a hash of it would collide
// after some hundred).  A Feistel network over Z_a x Z_b with a * b barely above the size, HMAC-SHA-256
// as its round function, and cycle walking for the rest (Black and Rogaway, "Ciphers with arbitrary
// finite domains", 2002; the construction of NIST SP 800-38G).
//
// Small domains leave no value where it is: a price of 4 digits never stands for itself.  It hides
// the value only as well as so small a domain can; whoever may try all values needs the key.
// Immutable, thread-safe; borrows the Hmac.
#pragma once

#include <cstdint>

#include "redact/hmac.h"

namespace cvr::redact {

class Permutation {
 public:
  static constexpr std::uint64_t kMaxSize = std::uint64_t{1} << 63;

  // Precondition: 1 <= size <= kMaxSize.
  Permutation(const Hmac& hmac, std::uint64_t size);

  // Precondition: value < size.  A bijection; without fixed points when 2 <= size < 2^24, and with
  // a chance of one in `size` of meeting one above.
  std::uint64_t of(std::uint64_t value) const;

 private:
  std::uint64_t round(int number, std::uint64_t half) const;
  std::uint64_t forward(std::uint64_t value) const;
  std::uint64_t backward(std::uint64_t value) const;

  const Hmac& hmac_;
  std::uint64_t size_;
  std::uint64_t left_;   // a
  std::uint64_t right_;  // b
};

}  // namespace cvr::redact
