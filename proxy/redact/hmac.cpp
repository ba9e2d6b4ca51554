// The low-level SHA256 functions are deprecated in OpenSSL 3 but copying their context is a plain
// copy of 112 bytes, where an EVP context costs an allocation a call; this stands on the path of
// every request.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "redact/hmac.h"

namespace cvr::redact {

Hmac::Hmac(const std::array<std::uint8_t, 32>& key) {
  std::array<std::uint8_t, 64> pad{};
  for (std::size_t i = 0; i < pad.size(); ++i) pad[i] = static_cast<std::uint8_t>((i < 32 ? key[i] : 0) ^ 0x36);
  SHA256_Init(&inner_);
  SHA256_Update(&inner_, pad.data(), pad.size());
  for (auto& byte : pad) byte ^= 0x36 ^ 0x5c;
  SHA256_Init(&outer_);
  SHA256_Update(&outer_, pad.data(), pad.size());
}

Hmac::Digest Hmac::of(std::string_view domain, std::string_view value) const {
  Digest digest;
  SHA256_CTX context = inner_;
  SHA256_Update(&context, domain.data(), domain.size());
  SHA256_Update(&context, "\0", 1);
  SHA256_Update(&context, value.data(), value.size());
  SHA256_Final(digest.data(), &context);
  context = outer_;
  SHA256_Update(&context, digest.data(), digest.size());
  SHA256_Final(digest.data(), &context);
  return digest;
}

}  // namespace cvr::redact
