// The keys that sign evidence bundles: Ed25519 and P-256, one pair an installation, made at first use (0600, in
// $CVR_HOME).  They never leave this folder; what comes out is signatures and public halves.  One thread at a time.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "cvr/result.h"

namespace cvr::certs {

class Signer {
 public:
  // Loads DIR/signing-ed25519.pem and DIR/signing-p256.pem, or makes them.  kEnvironment: loose permissions (with
  // the command that mends them), or not a key of that kind.
  static Result<Signer> open(const std::string& dir);
  ~Signer();
  Signer(Signer&&) noexcept;
  Signer& operator=(Signer&&) noexcept;

  Result<std::string> sign_ed25519(std::string_view message) const;  // RFC 8032: 64 bytes, always the same
  Result<std::string> sign_p256(std::string_view message) const;     // ECDSA with SHA-256, DER; random

  std::string ed25519_public_pem() const;
  std::string p256_public_pem() const;

 private:
  struct Keys;
  explicit Signer(std::unique_ptr<Keys> keys);
  std::unique_ptr<Keys> keys_;
};

// SHA-256 of the public key's SPKI in DER, hex; empty: not a public key in PEM.
std::string spki_fingerprint(std::string_view public_pem);

// Whether `signature` is of `message` by the key in `public_pem`, which must be of the kind named.
bool verify_ed25519(std::string_view public_pem, std::string_view message, std::string_view signature);
bool verify_p256(std::string_view public_pem, std::string_view message, std::string_view signature);

}  // namespace cvr::certs
