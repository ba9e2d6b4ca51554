#include "bundle/digests.h"

#include <openssl/sha.h>

#include "base/base64.h"

namespace cvr::bundle {

std::string sha256_hex(std::string_view bytes) {
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest);
  return hex_encode({reinterpret_cast<const char*>(digest), sizeof digest});
}

}  // namespace cvr::bundle
