// The order of algorithms, fastest first (SPEED.md point 3).  Private to proxy/certs.
#pragma once

namespace cvr::certs {

// AES-128-GCM costs least per record on every machine with AES instructions.
inline constexpr const char* kTls13Suites =
    "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256";
// The leaf is ECDSA; only AEAD suites with forward secrecy (RFC 9325 section 4.2).
inline constexpr const char* kTls12ServerList =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305";
// X25519 saves 42 us a handshake against P-256; P-384 is for clients that know nothing else.
inline constexpr const char* kGroups = "X25519:P-256:P-384";

}  // namespace cvr::certs
