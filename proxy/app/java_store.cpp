#include "app/java_store.h"

#include <openssl/sha.h>

#include <cstdint>
#include <vector>

#include "base/base64.h"

namespace cvr::app {
namespace {

constexpr std::string_view kBegin = "-----BEGIN CERTIFICATE-----";
constexpr std::string_view kEnd = "-----END CERTIFICATE-----";
constexpr std::uint32_t kMagic = 0xFEEDFEED;
constexpr std::uint32_t kVersion = 2;
constexpr std::uint32_t kTrustedCertificate = 2;

std::vector<std::string> certificates(std::string_view pem) {
  std::vector<std::string> out;
  for (std::size_t at = pem.find(kBegin); at != pem.npos; at = pem.find(kBegin, at)) {
    at += kBegin.size();
    const std::size_t end = pem.find(kEnd, at);
    if (end == pem.npos) break;
    std::string text;
    for (const char c : pem.substr(at, end - at)) {
      if (c != '\n' && c != '\r' && c != ' ' && c != '\t') text += c;
    }
    if (auto der = base64_decode(text); der && !der->empty()) out.push_back(std::move(*der));
    at = end;
  }
  return out;
}

// As java.io.DataOutputStream writes them: big-endian, texts with their length in two bytes.
void put(std::string& out, std::uint64_t value, int bytes) {
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) out += static_cast<char>(value >> shift & 0xff);
}
void put_text(std::string& out, std::string_view ascii) {
  put(out, ascii.size(), 2);
  out += ascii;
}

// SHA-1 is the format's: it finds damage.
std::string digest(std::string_view password, std::string_view store) {
  std::string text;
  for (const char c : password) put(text, static_cast<unsigned char>(c), 2);
  text += "Mighty Aphrodite";
  text += store;
  unsigned char sum[SHA_DIGEST_LENGTH];
  SHA1(reinterpret_cast<const unsigned char*>(text.data()), text.size(), sum);
  return {reinterpret_cast<const char*>(sum), sizeof sum};
}

}  // namespace

std::string java_trust_store(std::string_view pem, std::string_view password) {
  const std::vector<std::string> all = certificates(pem);
  std::string out;
  put(out, kMagic, 4);
  put(out, kVersion, 4);
  put(out, all.size(), 4);
  for (std::size_t i = 0; i < all.size(); ++i) {
    put(out, kTrustedCertificate, 4);
    put_text(out, "cvr-" + std::to_string(i + 1));
    put(out, 0, 8);  // when it was made: the same store each time
    put_text(out, "X.509");
    put(out, all[i].size(), 4);
    out += all[i];
  }
  return out + digest(password, out);
}

}  // namespace cvr::app
