// Owners for OpenSSL's objects, and its failures as Errors.  Private to proxy/certs.
#pragma once

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>
#include <string>

#include "cvr/result.h"

namespace cvr::certs {

template <auto kFree>
struct Freed {
  template <class T>
  void operator()(T* object) const {
    kFree(object);
  }
};

using BioPtr = std::unique_ptr<BIO, Freed<BIO_free_all>>;
using KeyPtr = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using X509Ptr = std::unique_ptr<X509, Freed<X509_free>>;
using ExtensionPtr = std::unique_ptr<X509_EXTENSION, Freed<X509_EXTENSION_free>>;
using ConstraintsPtr = std::unique_ptr<NAME_CONSTRAINTS, Freed<NAME_CONSTRAINTS_free>>;
using SubtreePtr = std::unique_ptr<GENERAL_SUBTREE, Freed<GENERAL_SUBTREE_free>>;
using NamesPtr = std::unique_ptr<GENERAL_NAMES, Freed<GENERAL_NAMES_free>>;
using NamePtr = std::unique_ptr<GENERAL_NAME, Freed<GENERAL_NAME_free>>;
using BasicPtr = std::unique_ptr<BASIC_CONSTRAINTS, Freed<BASIC_CONSTRAINTS_free>>;
using ContextPtr = std::shared_ptr<SSL_CTX>;

// The words of OpenSSL's newest complaint, or "no reason given".  Empties the thread's queue: what
// stays in it would be taken for the failure of a later SSL_read.
inline std::string openssl_words() {
  const char* reason = ERR_reason_error_string(ERR_peek_last_error());
  std::string words = reason == nullptr ? "no reason given" : reason;
  ERR_clear_error();
  return words;
}

inline std::unexpected<Error> openssl_failed(const std::string& what) {
  return fail(ErrorCode::kEnvironment, what + ": " + openssl_words());
}

}  // namespace cvr::certs
