// From files to a bundle: manifest, README, checksums and two signatures around the members.
#pragma once

#include "bundle/evidence.h"
#include "certs/signing.h"
#include "cvr/result.h"

namespace cvr::bundle {

// Adds README.txt, manifest.json, public keys, SHA256SUMS and its signatures; sorted by path.
Result<Members> seal(const Evidence& evidence, const Cited& cited, Members members, const certs::Signer& signer);

// The archive of sealed members.
Result<std::string> to_zip(const Members& members);

inline constexpr std::string_view kSums = "SHA256SUMS", kEd25519Signature = "SHA256SUMS.ed25519",
                                  kP256Signature = "SHA256SUMS.p256", kEd25519Key = "signer.ed25519.pub.pem",
                                  kP256Key = "signer.p256.pub.pem", kManifest = "manifest.json";

}  // namespace cvr::bundle
