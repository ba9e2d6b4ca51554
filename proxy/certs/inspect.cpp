#include "certs/inspect.h"

#include <openssl/sha.h>

#include <ctime>

#include "base/base64.h"
#include "certs/constraints.h"
#include "certs/issue.h"

namespace cvr::certs {
namespace {

std::int64_t seconds_of(const ASN1_TIME* time) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return 0;
  return timegm(&parts);
}

std::string text_of(BIO* memory) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(memory, &data);
  return size > 0 ? std::string(data, static_cast<std::size_t>(size)) : std::string();
}

std::string with_colons(std::string_view bytes) {
  constexpr char kDigits[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (!out.empty()) out += ':';
    out += kDigits[byte >> 4];
    out += kDigits[byte & 15];
  }
  return out;
}

std::string subject_of(X509* certificate) {
  const BioPtr memory(BIO_new(BIO_s_mem()));
  if (!memory) return {};
  // RFC 2253 escapes control bytes: a certificate from elsewhere can not reach the terminal raw.
  X509_NAME_print_ex(memory.get(), X509_get_subject_name(certificate), 0, XN_FLAG_RFC2253);
  return text_of(memory.get());
}

std::string sha256_of_spki(X509* certificate) {
  unsigned char* der = nullptr;
  const int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &der);
  if (size <= 0) return {};
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(der, static_cast<std::size_t>(size), digest);
  OPENSSL_free(der);
  return base64_encode({reinterpret_cast<const char*>(digest), sizeof digest});
}

bool is_p256(EVP_PKEY* key) {
  char group[32] = {};
  std::size_t size = 0;
  return EVP_PKEY_get_base_id(key) == EVP_PKEY_EC && EVP_PKEY_get_group_name(key, group, sizeof group, &size) == 1 &&
         std::string_view(group) == "prime256v1";
}

bool is_confined_authority(X509* root) {
  int critical = 0;
  const BasicPtr basic(
      static_cast<BASIC_CONSTRAINTS*>(X509_get_ext_d2i(root, NID_basic_constraints, &critical, nullptr)));
  return basic && critical == 1 && basic->ca != 0 && basic->pathlen != nullptr && ASN1_INTEGER_get(basic->pathlen) == 0;
}

// OpenSSL would ask for a pass phrase on the terminal.
int no_pass_phrase(char*, int, int, void*) { return 0; }

}  // namespace

Validity validity_of(const X509* certificate) {
  return {seconds_of(X509_get0_notBefore(certificate)), seconds_of(X509_get0_notAfter(certificate))};
}

AuthorityFacts facts_of(X509* root) {
  AuthorityFacts facts;
  facts.subject = subject_of(root);
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  X509_digest(root, EVP_sha256(), digest, &size);
  facts.sha256_fingerprint = with_colons({reinterpret_cast<const char*>(digest), size});
  facts.spki_sha256_base64 = sha256_of_spki(root);
  facts.permitted_hosts = read_constraints(root).value_or(std::vector<std::string>());
  facts.not_before_utc_s = validity_of(root).not_before_utc_s;
  facts.not_after_utc_s = validity_of(root).not_after_utc_s;
  return facts;
}

std::string unsoundness_of(X509* root, EVP_PKEY* key) {
  const auto problem = [&]() -> const char* {
    if (X509_check_private_key(root, key) != 1) return "certificate and key do not belong together";
    if (!is_p256(key)) return "its key is not on P-256";
    if (!is_confined_authority(root)) return "it is not a critical CA:TRUE, pathlen:0";
    if (!read_constraints(root)) return "it has no critical name constraints that shut out addresses";
    const Validity validity = validity_of(root);
    if (validity.not_after_utc_s - validity.not_before_utc_s > 90 * kDay) return "it is valid for more than 90 days";
    return "";
  }();
  ERR_clear_error();
  return problem;
}

std::string pem_of(X509* certificate) {
  const BioPtr memory(BIO_new(BIO_s_mem()));
  if (!memory || PEM_write_bio_X509(memory.get(), certificate) != 1) return {};
  return text_of(memory.get());
}

Result<X509Ptr> parse_certificate(const std::string& pem) {
  const BioPtr memory(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  X509Ptr certificate(PEM_read_bio_X509(memory.get(), nullptr, no_pass_phrase, nullptr));
  if (!certificate) return fail(ErrorCode::kMalformed, "no certificate in PEM: " + openssl_words());
  return certificate;
}

std::string key_pem_of(EVP_PKEY* key) {
  const BioPtr memory(BIO_new(BIO_s_secmem()));
  if (!memory || PEM_write_bio_PKCS8PrivateKey(memory.get(), key, nullptr, nullptr, 0, nullptr, nullptr) != 1)
    return {};
  return text_of(memory.get());
}

Result<KeyPtr> parse_key(const std::string& pem) {
  const BioPtr memory(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  KeyPtr key(PEM_read_bio_PrivateKey(memory.get(), nullptr, no_pass_phrase, nullptr));
  if (!key) return fail(ErrorCode::kMalformed, "no private key in PEM: " + openssl_words());
  return key;
}

}  // namespace cvr::certs
