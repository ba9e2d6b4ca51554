// The TLS settings towards upstreams, and how one connection is bound to the name it must prove
// (SAFETY T20).
//
// TLS 1.2 or newer; the system's roots, and those of `ca_file` besides; verification on unless
// `insecure`; ALPN http/1.1.  Sessions are resumed: the context keeps a few a host, bounded, all of
// them from handshakes that were verified as its others are.  An end without close_notify is an
// error here, not an end: an answer that runs until the close could be cut off unnoticed.
//
// A context may be shared by all threads; an SSL belongs to one at a time.  Errors of
// make_upstream_context: kUsage (a file without what it should hold, key and certificate that do not
// belong together), kEnvironment (unreadable, a key that others may read).  No text
// holds anything of a file or of a peer.
#pragma once

#include <memory>
#include <string>

#include "cvr/result.h"

typedef struct ssl_st SSL;  // OpenSSL's handles, opaque here
typedef struct ssl_ctx_st SSL_CTX;

namespace cvr::certs {

struct UpstreamTrust {
  std::string ca_file;           // PEM, one or more; empty: the system's roots alone
  bool insecure = false;         // any certificate will do
  std::string client_cert_file;  // PEM, leaf first; empty: none
  std::string client_key_file;   // PEM, not encrypted; empty: the key stands in client_cert_file
};

Result<std::shared_ptr<SSL_CTX>> make_upstream_context(const UpstreamTrust& trust);

// Before the handshake: SNI (not for addresses), the name or address the certificate must hold (its
// subject's CN does not count), and a session to resume if there is one.  `host` may be "[::1]" or end
// in a dot.  kRefused: a host that can not be a name.
Result<void> prepare_upstream(SSL* ssl, const std::string& host);

// After a failed handshake: what is wrong with the peer's certificate, in OpenSSL's words and with
// the option that helps; empty when that was not it.
std::string verify_problem(SSL* ssl);

}  // namespace cvr::certs
