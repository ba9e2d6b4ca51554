// What stands for a secret: HMAC-SHA-256(key, shape || 0 || value), spelled in the shape of the
// value (REDACTION "Pseudonyms").  It depends on the value and the key alone, not on the place, so
// one value has one pseudonym everywhere.
//
// Shapes: a UUID stays one (version and case kept), a JWT parses (jwt.h), hex stays hex, digits stay
// digits, lower and upper case stay; the punctuation of tokens stays where it is sparse, a known
// prefix ("avinode_") stays, the length stays from 16 characters on (20 for digits alone) and
// becomes that otherwise.  All of these carry the check of check.h.  A JSON number keeps its digit
// count and form, so that it has no room for a check.  An e-mail address has the shape of shapes.h.
//
// Immutable after construction but for the memo and what is adopted, which are synchronised; thread-safe.
#pragma once

#include <array>
#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cvr/redactor.h"
#include "redact/adopted.h"
#include "redact/hmac.h"
#include "redact/shapes.h"

namespace cvr::redact {

// A deterministic stream of numbers from a keyed digest.  Its output may be published: nothing of
// it leads back to key or value without inverting HMAC.
class Stream {
 public:
  explicit Stream(const Hmac::Digest& digest);
  std::uint64_t next();
  char digit() { return static_cast<char>('0' + next() % 10); }
  char lower() { return static_cast<char>('a' + next() % 26); }
  char upper() { return static_cast<char>('A' + next() % 26); }

 private:
  std::array<std::uint64_t, 4> state_;  // xoshiro256**
};

class Pseudonyms {
 public:
  struct Options {
    std::vector<std::string> prefixes;         // kept at the beginning of a token
    std::vector<std::string> kept_jwt_claims;  // beside the general ones
    // Asked for every readable value that a JWT pseudonym would keep.
    std::function<bool(std::string_view)> is_secret;
    std::vector<std::string> id_prefixes = {};  // of the vendor's ids ("atrip-")
    bool rekeys = false;                        // values are pseudonyms of another key, and none of ours
  };
  Pseudonyms(const PseudonymKey& key, Options options);
  ~Pseudonyms();

  // The pseudonym of a text.  Empty for an empty text.
  std::string of(std::string_view value) const;
  // Of a JSON number or any text of digits: as many digits, first one not zero when it was not,
  // sign, point and exponent kept.
  std::string number(std::string_view text) const;
  // Of a personal or commercial value, in the shape of its kind (shapes.h).  nullopt: `value` is such a
  // pseudonym itself, by its check or because a replay handed it out.
  std::optional<std::string> shaped(std::string_view value, Kind kind) const;
  // What a replay handed out; synchronised.
  Adopted& adopted() const { return *adopted_; }
  // HMAC of the SHA-256 of a body that was left out, hex: tells equal bodies without showing them.
  std::string body_digest(std::string_view sha256) const;
  std::string body_digest_of(std::string_view wire) const;

  const Hmac& hmac() const { return hmac_; }
  const Options& options() const { return options_; }

 private:
  struct Memo;
  std::string make(std::string_view value) const;
  template <class Make>
  std::string memoised(std::string_view value, std::uint8_t what, const Make& make) const;

  Hmac hmac_;
  Options options_;
  Shapes shapes_;
  std::unique_ptr<Adopted> adopted_;
  std::unique_ptr<Memo> memo_;
};

// The same characters at the same places, or as many of another alphabet: for stretches that can not be
// decoded as a whole.
std::string same_shape(std::string_view text, const Pseudonyms& pseudonyms);

// Replaces each letter and digit of `text` within its class, or, for hex forms, by hex digits.
void fill_classes(std::string& text, std::size_t from, bool hex_lower, bool hex_upper, Stream& stream);

}  // namespace cvr::redact
