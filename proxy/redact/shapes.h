// Plausible stand-ins for personal and commercial values (REDACTION "Pseudonyms", "keeps the shape
// that client code checks"): letters stay letters of their case, digits stay digits, and what client
// code looks at stays where it is.
//   e-mail     one @, a domain under example.com (RFC 2606: reaches nobody)
//   phone      + with the country code, separators, the number of digits; spacing does not change the digits
//   name, text words of the same length; letters beyond ASCII become ASCII ones
//   account     the country of an IBAN; the check does not hold, so that it is never taken for one
//   tail       the prefix of the state: N123AB, D-ABCD
//   place      four letters of ICAO, three of IATA
//   price, number   digits before and after the point, sign, exponent, currency
//   date       a valid date in the same format, all moved by the same number of days (dates.h)
//   id         the vendor's prefix
// A value that does not look like its kind is treated as text.  Values of one shape never get the
// same stand-in where the shape has fewer than 2^63 spellings (permutation.h); above, an HMAC spells
// it.  The stand-in depends on value and key, hardly on the kind, so that one value has one.
//
// They are too short to carry the check of check.h: Spans vouch for them.  Two exceptions: an e-mail's
// domain has a check of its own, and texts with room for it carry the general one.
// Immutable, thread-safe; borrows the Hmac.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cvr/interaction.h"
#include "redact/hmac.h"

namespace cvr::redact {

// Kinds of people and business, whose values have these shapes.
constexpr bool is_personal(Kind kind) { return kind >= Kind::kNumber && kind <= Kind::kText; }

// local@domain, nothing around it; the domain has a dot and ends in letters.
bool is_email(std::string_view text);
// '+', then 8 to 15 digits, at most two separators between any two.
bool is_international_phone(std::string_view text);
// The size of the vendor's prefix when `text` is prefix and digits ("atrip-17", "arfq-3-1"), else 0.
std::size_t id_prefix(std::string_view text, const std::vector<std::string>& prefixes);

class Shapes {
 public:
  Shapes(const Hmac& hmac, std::vector<std::string> id_prefixes);

  // Precondition: is_personal(kind).  A text in which nothing can change (no letter, no digit) stays.
  std::string of(std::string_view value, Kind kind) const;
  std::string email(std::string_view value) const;  // precondition: is_email(value)

  const std::vector<std::string>& id_prefixes() const { return id_prefixes_; }

 private:
  std::string classes(std::string_view value, std::size_t fixed) const;
  std::string digits(std::string_view value, bool one_run) const;
  std::string tail(std::string_view value) const;
  std::string account(std::string_view value) const;

  const Hmac& hmac_;
  std::vector<std::string> id_prefixes_;
  std::int64_t days_;  // dates move by
};

}  // namespace cvr::redact
