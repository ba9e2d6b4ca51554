// What a finished handshake shows of the other end.  Evidence, not a verification: that was made already.
// Texts come from the peer: printable, bounded.  An SSL belongs to one thread at a time.
#pragma once

#include <cstdint>
#include <string>

typedef struct ssl_st SSL;  // OpenSSL's handle, opaque here

namespace cvr::certs {

struct PeerFacts {
  std::string version;               // "TLSv1.3"
  std::string issuer;                // common name, else organisation, of who signed the leaf; empty: unknown
  std::int64_t not_after_utc_s = 0;  // of the leaf; 0: unknown
};

PeerFacts peer_facts(const SSL* ssl);

}  // namespace cvr::certs
