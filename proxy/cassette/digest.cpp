#include "cassette/digest.h"

#include <openssl/evp.h>

#include <memory>

#include "cvr/result.h"

namespace cvr::cassette {
namespace {

// Fetching the algorithm and making a context cost more than hashing a small record: once a thread.
class Hasher {
 public:
  Hasher()
      : algorithm_(EVP_MD_fetch(nullptr, "SHA256", nullptr), EVP_MD_free), context_(EVP_MD_CTX_new(), EVP_MD_CTX_free) {
    CVR_CHECK(algorithm_ != nullptr && context_ != nullptr);
  }
  void begin() { CVR_CHECK(EVP_DigestInit_ex2(context_.get(), algorithm_.get(), nullptr) == 1); }
  void add(const void* data, std::size_t size) { CVR_CHECK(EVP_DigestUpdate(context_.get(), data, size) == 1); }
  Digest end() {
    Digest digest;
    CVR_CHECK(EVP_DigestFinal_ex(context_.get(), digest.data(), nullptr) == 1);
    return digest;
  }

 private:
  std::unique_ptr<EVP_MD, void (*)(EVP_MD*)> algorithm_;
  std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context_;
};

Hasher& hasher() {
  thread_local Hasher one;
  one.begin();
  return one;
}

}  // namespace

Digest sha256(std::string_view bytes) {
  Hasher& h = hasher();
  h.add(bytes.data(), bytes.size());
  return h.end();
}

Digest next_in_chain(const Digest& before, std::string_view head_begin, const Digest& payload_digest) {
  Hasher& h = hasher();
  h.add(before.data(), before.size());
  h.add(head_begin.data(), head_begin.size());
  h.add(payload_digest.data(), payload_digest.size());
  return h.end();
}

}  // namespace cvr::cassette
