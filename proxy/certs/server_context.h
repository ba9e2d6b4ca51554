// The TLS settings towards clients.  Private to proxy/certs.
#pragma once

#include <array>
#include <string>

#include "certs/handles.h"

namespace cvr::certs {

// Encrypts session tickets.  One for all contexts of an authority, so that a client resumes although
// the context was made anew; memory only, so that tickets end with the process.
struct TicketKeys {
  std::array<unsigned char, 80> bytes{};  // name, HMAC key, AES key: OpenSSL's own layout
};
Result<TicketKeys> make_ticket_keys();

// TLS 1.2 and 1.3; X25519 first; AES-128-GCM first; ALPN by certs/alpn.h; one ticket a handshake, good for
// `host` alone.  `issuer` is sent behind the leaf: clients with a trust store need none, but Chromium compares its SPKI
// list with what was sent.
Result<ContextPtr> make_server_context(const std::string& host, X509* leaf, EVP_PKEY* key, const TicketKeys& tickets,
                                       X509* issuer = nullptr);

}  // namespace cvr::certs
