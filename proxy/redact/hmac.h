// HMAC-SHA-256 (RFC 2104) with the key's two inner states prepared once, so that one call costs two
// or three compressions.  Immutable after construction, thread-safe.
#pragma once

#include <openssl/sha.h>

#include <array>
#include <cstdint>
#include <string_view>

namespace cvr::redact {

class Hmac {
 public:
  using Digest = std::array<std::uint8_t, 32>;
  explicit Hmac(const std::array<std::uint8_t, 32>& key);

  // HMAC(key, domain || 0 || value): REDACTION "Pseudonyms".  Domains are fixed words of the code.
  Digest of(std::string_view domain, std::string_view value) const;

 private:
  SHA256_CTX inner_;
  SHA256_CTX outer_;
};

}  // namespace cvr::redact
