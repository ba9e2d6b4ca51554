// Patterns: what looks like a credential wherever it stands (REDACTION layer 5).  A net, not the
// guarantee: JWTs, the profile's token prefixes, tokens of well-known providers, private keys of PEM
// and OpenPGP, hashes of crypt(5),
// "Bearer X" and "Basic X" in running text, user:password in URLs, a UUID after the profile's marker
// words.  Bare UUIDs, hex digests and vendor ids are left alone.
// One pass, linear, no regular expressions.  Immutable after construction, thread-safe.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "cvr/interaction.h"
#include "profiles/profile.h"
#include "redact/providers.h"

namespace cvr::redact {

struct PatternHit {
  std::size_t begin = 0;
  std::size_t end = 0;
  Kind kind = Kind::kToken;
  std::string_view rule;  // a literal: "pattern.jwt", "pattern.pem", ...
};

class Patterns {
 public:
  // Addresses and phone numbers (contacts.h) count from kPii on, the vendor's ids at kCommercial.
  explicit Patterns(const profiles::Profile* profile, profiles::Privacy privacy = profiles::Privacy::kPii);

  // Appends hits: credentials and ids in order and without overlaps, then contacts.
  void scan(std::string_view text, std::vector<PatternHit>& hits) const;

  // Prefixes of tokens that a pseudonym may keep: providers' and the profile's.
  static std::vector<std::string> prefixes(const profiles::Profile* profile);

  enum class Shape : std::uint8_t {
    kTail,
    kJwt,
    kPem,
    kUserinfo,
    kBearer,
    kBasic,
    kMarker,
    kId,
    kValue,
    kAzure,
    kCrypt
  };

  struct Item {
    std::string prefix;  // at least three characters
    Shape shape = Shape::kTail;
    Tail tail = Tail::kAlnum;
    std::size_t min_tail = 0;
    std::string_view rule;
    Kind kind = Kind::kToken;
  };

 private:
  void add(Item item);
  // End of the hit that begins with items_[i] at `at`, or 0; moves `begin` to where the secret
  // itself begins.
  static std::size_t match(const Item& item, std::string_view text, std::size_t at, std::size_t& begin,
                           std::size_t& dead);

  void index();

  bool contacts_;

  std::vector<Item> items_;  // sorted by their first characters
  // Three characters decide whether anything can begin here: a bit for each hash of three (8 KiB).
  static std::uint32_t hash(const char* three);
  static std::uint16_t pair_at(const char* two);
  std::array<std::uint64_t, 1024> filter_{};
  // A bit for each first and each second pair of characters: one look at every other place sees them.
  std::array<std::uint64_t, 1024> pairs_{};
  std::array<std::uint8_t, 257> first_{};  // items that begin with c: first_[c] to first_[c + 1]
};

// The inside of a PEM block without line breaks (also those spelled as escapes), and the same text
// with other characters put in their places.
std::string pem_payload(std::string_view inside);
std::string pem_with_payload(std::string_view inside, std::string_view payload);

}  // namespace cvr::redact
