// Reading a certificate back: its facts, and whether a root from disk is one that CVR may sign with.
// Private to proxy/certs.  Pure.
#pragma once

#include <cstdint>
#include <string>

#include "certs/handles.h"
#include "cvr/certificate_authority.h"

namespace cvr::certs {

struct Validity {
  std::int64_t not_before_utc_s = 0;
  std::int64_t not_after_utc_s = 0;
};
Validity validity_of(const X509* certificate);

AuthorityFacts facts_of(X509* root);

// Empty when `root` keeps every promise of CONTRACT "CA" and `key` is its key; else which one not.
std::string unsoundness_of(X509* root, EVP_PKEY* key);

std::string pem_of(X509* certificate);
Result<X509Ptr> parse_certificate(const std::string& pem);  // the first one; kMalformed

std::string key_pem_of(EVP_PKEY* key);             // PKCS #8, not encrypted
Result<KeyPtr> parse_key(const std::string& pem);  // kMalformed; never asks for a pass phrase

}  // namespace cvr::certs
