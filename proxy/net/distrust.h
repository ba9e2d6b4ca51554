// A client that broke off TLS: who it is, as far as CONNECT and its ClientHello tell, and which variable it needs
// (CLIENTS sections 2 and 3.9).  Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cvr/cassette.h"

namespace cvr::net {

// What is known of it.
struct BrokenHandshake {
  std::string host;               // of CONNECT
  std::string user_agent;         // of CONNECT; many clients send none
  std::vector<std::string> alpn;  // what the ClientHello offers, in its order
  std::string problem;            // OpenSSL's words for what came; empty: the client just left
};

struct Advice {
  std::string kind;  // of the client: told once each
  std::string text;  // one line; what the client has sent is printable in it
};
Advice advise(const BrokenHandshake& broken);

// As it goes on record: `certificate` when its alert speaks of one, or when it left just after it had seen it
// (`late`); else `handshake`.  `at_utc_us` is the caller's.
cassette::Refusal as_refusal(const BrokenHandshake& broken, bool late);

// Clients of GnuTLS end the handshake, look at the certificate then, and leave without a request.
bool verifies_late(std::string_view user_agent);

// What a ClientHello (the handshake message, RFC 8446 section 4.1.2) offers by ALPN (RFC 7301 section 3.1), at most 16
// names; none when it is cut or malformed.
std::vector<std::string> offered_protocols(std::string_view client_hello);

}  // namespace cvr::net
