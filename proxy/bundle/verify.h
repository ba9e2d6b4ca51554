// Whether a bundle is what its signer exported: every member is named by SHA256SUMS and has that digest, nothing
// else is there, both signatures hold, and the hash chain is whole.  In memory; nothing is unpacked.  Pure.
#pragma once

#include <string>
#include <string_view>

#include "cvr/result.h"

namespace cvr::bundle {

struct Verified {
  std::size_t members = 0;
  std::size_t chained = 0;  // interactions in the hash chain
  std::string fingerprint;  // of the Ed25519 key, to compare by phone or ticket
};

// kDamaged: changed, missing or added members; kMalformed, kLimit: no bundle.
Result<Verified> verify(std::string_view zip);

}  // namespace cvr::bundle
