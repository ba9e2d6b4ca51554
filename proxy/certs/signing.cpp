#include "certs/signing.h"

#include <openssl/ec.h>
#include <openssl/sha.h>

#include "base/base64.h"
#include "certs/handles.h"
#include "os/file.h"
#include "os/private_file.h"

namespace cvr::certs {
namespace {

using DigestPtr = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>>;
constexpr std::uint64_t kLargestKey = 16 << 10;

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

std::string text_of(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  return size > 0 ? std::string(data, static_cast<std::size_t>(size)) : std::string();
}

std::string private_pem(EVP_PKEY* key) {
  const BioPtr bio(BIO_new(BIO_s_mem()));
  if (!bio || PEM_write_bio_PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) != 1) return {};
  return text_of(bio.get());
}

std::string public_pem(EVP_PKEY* key) {
  const BioPtr bio(BIO_new(BIO_s_mem()));
  if (!bio || PEM_write_bio_PUBKEY(bio.get(), key) != 1) return {};
  return text_of(bio.get());
}

KeyPtr read_public(std::string_view pem) {
  if (pem.size() > kLargestKey) return {};
  const BioPtr bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  KeyPtr key(bio ? PEM_read_bio_PUBKEY(bio.get(), nullptr, nullptr, nullptr) : nullptr);
  ERR_clear_error();
  return key;
}

bool is_p256(EVP_PKEY* key) {
  char name[64] = {};
  std::size_t size = 0;
  return EVP_PKEY_id(key) == EVP_PKEY_EC && EVP_PKEY_get_group_name(key, name, sizeof name, &size) == 1 &&
         std::string_view(name, size) == SN_X9_62_prime256v1;
}

bool is_kind(EVP_PKEY* key, int type) { return type == EVP_PKEY_EC ? is_p256(key) : EVP_PKEY_id(key) == type; }

Result<KeyPtr> load_or_make(const std::string& path, int type) {
  if (!os::exists(path)) {
    const KeyPtr made(type == EVP_PKEY_EC ? EVP_EC_gen(SN_X9_62_prime256v1)
                                          : EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
    const std::string pem = made ? private_pem(made.get()) : std::string();
    if (pem.empty()) return openssl_failed("can not make a signing key");
    if (auto done = os::write_file_atomically(path, pem); !done) return std::unexpected(done.error());
  }
  if (auto sound = os::check_private_file(path); !sound) return std::unexpected(sound.error());
  const auto text = os::read_file(path, kLargestKey);
  if (!text) return std::unexpected(text.error());
  const BioPtr bio(BIO_new_mem_buf(text->data(), static_cast<int>(text->size())));
  KeyPtr key(bio ? PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr) : nullptr);
  ERR_clear_error();
  if (!key || !is_kind(key.get(), type)) {
    return fail(ErrorCode::kEnvironment, path + " is not a signing key; move it away and a new one is made");
  }
  return key;
}

Result<std::string> sign(EVP_PKEY* key, const EVP_MD* digest, std::string_view message) {
  const DigestPtr context(EVP_MD_CTX_new());
  std::size_t size = 0;
  if (!context || EVP_DigestSignInit(context.get(), nullptr, digest, nullptr, key) != 1 ||
      EVP_DigestSign(context.get(), nullptr, &size, bytes_of(message), message.size()) != 1) {
    return openssl_failed("can not sign");
  }
  std::string out(size, '\0');
  if (EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(out.data()), &size, bytes_of(message),
                     message.size()) != 1) {
    return openssl_failed("can not sign");
  }
  out.resize(size);
  return out;
}

bool verify(std::string_view pem, int type, const EVP_MD* digest, std::string_view message,
            std::string_view signature) {
  const KeyPtr key = read_public(pem);
  // A key is told by one text alone: nothing stands around it.
  if (!key || !is_kind(key.get(), type) || public_pem(key.get()) != pem) return false;
  const DigestPtr context(EVP_MD_CTX_new());
  const bool good =
      context && EVP_DigestVerifyInit(context.get(), nullptr, digest, nullptr, key.get()) == 1 &&
      EVP_DigestVerify(context.get(), bytes_of(signature), signature.size(), bytes_of(message), message.size()) == 1;
  ERR_clear_error();
  return good;
}

}  // namespace

struct Signer::Keys {
  KeyPtr ed25519, p256;
};

Signer::Signer(std::unique_ptr<Keys> keys) : keys_(std::move(keys)) {}
Signer::~Signer() = default;
Signer::Signer(Signer&&) noexcept = default;
Signer& Signer::operator=(Signer&&) noexcept = default;

Result<Signer> Signer::open(const std::string& dir) {
  if (auto made = os::make_private_directory(dir); !made) return std::unexpected(made.error());
  const auto lock = os::FileLock::take(dir + "/signing.lock");
  if (!lock) return std::unexpected(lock.error());
  auto ed25519 = load_or_make(dir + "/signing-ed25519.pem", EVP_PKEY_ED25519);
  if (!ed25519) return std::unexpected(ed25519.error());
  auto p256 = load_or_make(dir + "/signing-p256.pem", EVP_PKEY_EC);
  if (!p256) return std::unexpected(p256.error());
  return Signer(std::make_unique<Keys>(*std::move(ed25519), *std::move(p256)));
}

Result<std::string> Signer::sign_ed25519(std::string_view message) const {
  return sign(keys_->ed25519.get(), nullptr, message);
}
Result<std::string> Signer::sign_p256(std::string_view message) const {
  return sign(keys_->p256.get(), EVP_sha256(), message);
}
std::string Signer::ed25519_public_pem() const { return public_pem(keys_->ed25519.get()); }
std::string Signer::p256_public_pem() const { return public_pem(keys_->p256.get()); }

std::string spki_fingerprint(std::string_view pem) {
  const KeyPtr key = read_public(pem);
  unsigned char* der = nullptr;
  const int size = key ? i2d_PUBKEY(key.get(), &der) : 0;
  if (size <= 0) return {};
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(der, static_cast<std::size_t>(size), digest);
  OPENSSL_free(der);
  return hex_encode({reinterpret_cast<const char*>(digest), sizeof digest});
}

bool verify_ed25519(std::string_view pem, std::string_view message, std::string_view signature) {
  return verify(pem, EVP_PKEY_ED25519, nullptr, message, signature);
}
bool verify_p256(std::string_view pem, std::string_view message, std::string_view signature) {
  return verify(pem, EVP_PKEY_EC, EVP_sha256(), message, signature);
}

}  // namespace cvr::certs
