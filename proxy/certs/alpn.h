// Which protocol a client gets inside TLS (RFC 7301).
#pragma once

#include <openssl/ssl.h>

namespace cvr::certs {

// HTTP/1.1 (or 1.0) for everybody who offers it.  HTTP/2 for who offers nothing else, where offer_http2 was called for
// the connection before its handshake.  A client without ALPN gets none, and speaks HTTP/1.1.
void set_protocols(SSL_CTX* context);
void offer_http2(SSL* ssl);

// After the handshake.
bool chose_http2(const SSL* ssl);

}  // namespace cvr::certs
