#include "certs/server_context.h"

#include <openssl/rand.h>
#include <openssl/sha.h>

#include "certs/alpn.h"
#include "certs/ciphers.h"

namespace cvr::certs {
namespace {

bool set_protocol(SSL_CTX* context) {
  set_protocols(context);
  SSL_CTX_set_options(context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE |
                                   // Many clients just close.  A request says itself where it ends, so nothing
                                   // can be cut off unnoticed; towards upstreams this is not set.
                                   SSL_OP_IGNORE_UNEXPECTED_EOF);
  // Without NO_AUTO_CHAIN every handshake would look for issuers in an empty store.
  SSL_CTX_set_mode(context, SSL_MODE_NO_AUTO_CHAIN);
  return SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) == 1 &&
         SSL_CTX_set_ciphersuites(context, kTls13Suites) == 1 &&
         SSL_CTX_set_cipher_list(context, kTls12ServerList) == 1 && SSL_CTX_set1_groups_list(context, kGroups) == 1;
}

// Tickets are stateless: nothing is kept here for a client that never comes back.
bool set_resumption(SSL_CTX* context, const std::string& host, const TicketKeys& tickets) {
  unsigned char id[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(host.data()), host.size(), id);
  auto keys = tickets.bytes;  // OpenSSL takes it without const
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  const bool set = SSL_CTX_set_num_tickets(context, 1) == 1 &&
                   SSL_CTX_set_session_id_context(context, id, sizeof id) == 1 &&
                   SSL_CTX_set_tlsext_ticket_keys(context, keys.data(), static_cast<long>(keys.size())) == 1;
  OPENSSL_cleanse(keys.data(), keys.size());
  return set;
}

}  // namespace

Result<TicketKeys> make_ticket_keys() {
  TicketKeys keys;
  if (RAND_bytes(keys.bytes.data(), static_cast<int>(keys.bytes.size())) != 1) {
    return openssl_failed("can not make session ticket keys");
  }
  return keys;
}

Result<ContextPtr> make_server_context(const std::string& host, X509* leaf, EVP_PKEY* key, const TicketKeys& tickets,
                                       X509* issuer) {
  ContextPtr context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
  const bool made = context && set_protocol(context.get()) && set_resumption(context.get(), host, tickets) &&
                    SSL_CTX_use_certificate(context.get(), leaf) == 1 &&
                    SSL_CTX_use_PrivateKey(context.get(), key) == 1 &&
                    (issuer == nullptr || SSL_CTX_add1_chain_cert(context.get(), issuer) == 1);
  if (!made) return openssl_failed("can not make a TLS server context");
  return context;
}

}  // namespace cvr::certs
