#include "sandbox/derivation.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "base/base64.h"
#include "cvr/result.h"

namespace cvr::sandbox {
namespace {

// One value a (label, epoch, n): lengths are not ambiguous because the numbers have no '|'.
std::string message_of(std::string_view label, std::int64_t epoch, std::uint64_t n) {
  return std::to_string(epoch) + '|' + std::to_string(n) + '|' + std::string(label);
}

const EVP_MD* algorithm(Digest digest) {
  if (digest == Digest::kSha256) return EVP_sha256();
  return digest == Digest::kSha384 ? EVP_sha384() : EVP_sha512();
}

}  // namespace

std::string hmac(Digest digest, std::string_view key, std::string_view message) {
  unsigned char out[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  const void* done = HMAC(algorithm(digest), key.data(), static_cast<int>(key.size()),
                          reinterpret_cast<const unsigned char*>(message.data()), message.size(), out, &size);
  CVR_CHECK(done != nullptr);
  return std::string(reinterpret_cast<const char*>(out), size);
}

Derivation::Derivation(std::uint64_t seed) : key_("cvr sandbox " + std::to_string(seed)) {}

std::string Derivation::signature(std::string_view message, std::size_t size) const {
  std::string out;
  for (int block = 0; out.size() < size; ++block) {
    out += hmac(Digest::kSha512, key_, std::to_string(block) + '|' + std::string(message));
  }
  out.resize(size);
  return out;
}

std::string Derivation::bytes(std::string_view label, std::int64_t epoch, std::uint64_t n, std::size_t size) const {
  return signature(message_of(label, epoch, n), size);
}

std::string Derivation::uuid(std::string_view label, std::int64_t epoch, std::uint64_t n) const {
  std::string raw = bytes(label, epoch, n, 16);
  raw[6] = static_cast<char>((raw[6] & 0x0f) | 0x40);
  raw[8] = static_cast<char>((raw[8] & 0x3f) | 0x80);
  std::string out = hex_encode(raw);
  for (const std::size_t at : {8, 13, 18, 23}) out.insert(at, 1, '-');
  return out;
}

std::uint64_t Derivation::number(std::string_view label, std::int64_t epoch, std::uint64_t n,
                                 std::uint64_t bound) const {
  CVR_CHECK(bound > 0);
  std::uint64_t value = 0;
  for (const char c : bytes(label, epoch, n, 8)) value = value << 8 | static_cast<std::uint8_t>(c);
  return value % bound;
}

std::string Derivation::text(std::string_view label, std::int64_t epoch, std::uint64_t n, std::size_t size,
                             std::string_view alphabet) const {
  std::string out = bytes(label, epoch, n, size);
  for (char& c : out) c = alphabet[static_cast<std::uint8_t>(c) % alphabet.size()];
  return out;
}

}  // namespace cvr::sandbox
