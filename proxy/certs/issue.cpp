#include "certs/issue.h"

#include <openssl/rand.h>

#include <algorithm>

#include "certs/constraints.h"
#include "certs/inspect.h"

namespace cvr::certs {
namespace {

constexpr std::size_t kMaxCommonName = 64;  // RFC 5280, ub-common-name
constexpr const char* kOrganization = "CVR local proxy";

// 16 bytes, positive and never shorter in DER: the top bits are 01.
bool set_random_serial(X509* certificate) {
  unsigned char bytes[16];
  if (RAND_bytes(bytes, sizeof bytes) != 1) return false;
  bytes[0] = static_cast<unsigned char>((bytes[0] & 0x3f) | 0x40);
  BIGNUM* number = BN_bin2bn(bytes, sizeof bytes, nullptr);
  const bool set = number != nullptr && BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate)) != nullptr;
  BN_free(number);
  return set;
}

bool add_name_part(X509_NAME* name, const char* field, std::string_view text) {
  return X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(text.data()),
                                    static_cast<int>(text.size()), -1, 0) == 1;
}

// `value` in the notation of x509v3_config(5); only constants of this file go through it.
bool add_extension(X509* certificate, X509* issuer, int nid, const char* value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  const ExtensionPtr extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value));
  return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool add_host(X509* certificate, const std::string& host) {
  NamesPtr names(GENERAL_NAMES_new());
  NamePtr name(GENERAL_NAME_new());
  ASN1_IA5STRING* text = ASN1_IA5STRING_new();
  if (!names || !name || text == nullptr) return false;
  GENERAL_NAME_set0_value(name.get(), GEN_DNS, text);  // owns the text from here on
  if (ASN1_STRING_set(text, host.data(), static_cast<int>(host.size())) != 1) return false;
  if (sk_GENERAL_NAME_push(names.get(), name.get()) <= 0) return false;
  static_cast<void>(name.release());
  return X509_add1_ext_i2d(certificate, NID_subject_alt_name, names.get(), 0, X509V3_ADD_DEFAULT) == 1;
}

// What root and leaf have in common: version 3, serial, names, validity, key.
bool begin(X509* certificate, EVP_PKEY* key, std::string_view common_name, std::int64_t not_before,
           std::int64_t not_after) {
  X509_NAME* subject = X509_get_subject_name(certificate);
  return X509_set_version(certificate, X509_VERSION_3) == 1 && set_random_serial(certificate) &&
         add_name_part(subject, "O", kOrganization) && add_name_part(subject, "CN", common_name) &&
         ASN1_TIME_set(X509_getm_notBefore(certificate), not_before) != nullptr &&
         ASN1_TIME_set(X509_getm_notAfter(certificate), not_after) != nullptr && X509_set_pubkey(certificate, key) == 1;
}

}  // namespace

Result<KeyPtr> make_key() {
  KeyPtr key(EVP_EC_gen("P-256"));
  if (!key) return openssl_failed("can not make a P-256 key");
  return key;
}

Result<X509Ptr> make_root(EVP_PKEY* key, const std::string& common_name, const std::vector<std::string>& domains,
                          std::int64_t now_utc_s) {
  if (common_name.empty() || common_name.size() > kMaxCommonName) {
    return fail(ErrorCode::kUsage, "the name of a CA has 1 to 64 bytes");
  }
  const std::int64_t not_before = now_utc_s - kBackdated;
  X509Ptr root(X509_new());
  const bool made =
      root && begin(root.get(), key, common_name, not_before, not_before + kRootLifetime) &&
      X509_set_issuer_name(root.get(), X509_get_subject_name(root.get())) == 1 &&
      add_extension(root.get(), root.get(), NID_basic_constraints, "critical,CA:TRUE,pathlen:0") &&
      add_extension(root.get(), root.get(), NID_key_usage, "critical,keyCertSign,cRLSign") &&
      add_extension(root.get(), root.get(), NID_subject_key_identifier, "hash") &&
      add_constraints(root.get(), domains.empty() ? std::vector<std::string>{"cvr.localhost"} : domains) &&
      X509_sign(root.get(), key, EVP_sha256()) > 0;
  if (!made) return openssl_failed("can not make a CA certificate");
  return root;
}

Result<X509Ptr> make_leaf(const std::string& host, EVP_PKEY* leaf_key, X509* root, EVP_PKEY* root_key,
                          std::int64_t now_utc_s) {
  const Validity bounds = validity_of(root);
  const std::int64_t begin_utc_s = now_utc_s - kLeafBackdated;
  const std::int64_t not_before = std::max(begin_utc_s, bounds.not_before_utc_s);
  const std::int64_t not_after = std::min(begin_utc_s + kLeafLifetime, bounds.not_after_utc_s);
  const std::string_view common_name = std::string_view(host).substr(0, kMaxCommonName);
  X509Ptr leaf(X509_new());
  const bool made = leaf && begin(leaf.get(), leaf_key, common_name, not_before, not_after) &&
                    X509_set_issuer_name(leaf.get(), X509_get_subject_name(root)) == 1 &&
                    add_extension(leaf.get(), root, NID_basic_constraints, "critical,CA:FALSE") &&
                    add_extension(leaf.get(), root, NID_key_usage, "critical,digitalSignature") &&
                    add_extension(leaf.get(), root, NID_ext_key_usage, "serverAuth") &&
                    add_extension(leaf.get(), root, NID_subject_key_identifier, "hash") &&
                    add_extension(leaf.get(), root, NID_authority_key_identifier, "keyid:always") &&
                    add_host(leaf.get(), host) && X509_sign(leaf.get(), root_key, EVP_sha256()) > 0;
  if (!made) return openssl_failed("can not make a leaf certificate");
  return leaf;
}

}  // namespace cvr::certs
