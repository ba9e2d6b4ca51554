// TLS sessions with upstreams, kept by host for the next connection.  Private to proxy/certs.
//
// A full handshake costs upstream and us a signature and its verification; clients that open a
// connection a request would pay it each time.  Sessions live as long as their context and only in
// it, so they never outlive its way of verifying.  Bounded: 4 a host, 64 hosts.  Any thread.
#pragma once

typedef struct ssl_st SSL;
typedef struct ssl_ctx_st SSL_CTX;

namespace cvr::certs {

void keep_upstream_sessions(SSL_CTX* context);

// After SNI was set and before the handshake.  A TLS 1.3 session is used once (RFC 8446 appendix C.4).
void resume_upstream_session(SSL* ssl);

}  // namespace cvr::certs
