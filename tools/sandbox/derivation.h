// Everything in the stand-in that looks random is derived from its seed: HMAC-SHA-512 of a label,
// the number of the weekly rebuild and a counter.  The same seed and clock give the same bytes.
// Nothing here is a secret worth keeping.  Immutable; thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace cvr::sandbox {

class Derivation {
 public:
  explicit Derivation(std::uint64_t seed);

  // `size` bytes; `n` tells values of one label and epoch apart.
  std::string bytes(std::string_view label, std::int64_t epoch, std::uint64_t n, std::size_t size) const;
  std::string uuid(std::string_view label, std::int64_t epoch, std::uint64_t n = 0) const;  // version 4, lower case
  std::uint64_t number(std::string_view label, std::int64_t epoch, std::uint64_t n, std::uint64_t bound) const;
  std::string text(std::string_view label, std::int64_t epoch, std::uint64_t n, std::size_t size,
                   std::string_view alphabet) const;
  // Of free bytes, e.g. a signing input.
  std::string signature(std::string_view message, std::size_t size) const;

 private:
  std::string key_;
};

enum class Digest : std::uint8_t { kSha256, kSha384, kSha512 };
std::string hmac(Digest digest, std::string_view key, std::string_view message);

}  // namespace cvr::sandbox
