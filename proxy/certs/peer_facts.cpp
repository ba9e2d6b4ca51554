#include "certs/peer_facts.h"

#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <ctime>

#include "base/escape.h"
#include "certs/handles.h"

namespace cvr::certs {
namespace {

constexpr std::size_t kMostText = 100;

std::string entry_text(const X509_NAME* name, int nid) {
  const int at = X509_NAME_get_index_by_NID(name, nid, -1);
  if (at < 0) return {};
  unsigned char* utf8 = nullptr;
  const int size = ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)));
  if (size < 0) return {};
  const std::string text(reinterpret_cast<const char*>(utf8), static_cast<std::size_t>(size));
  OPENSSL_free(utf8);
  return shortened(printable(text), kMostText);
}

}  // namespace

PeerFacts peer_facts(const SSL* ssl) {
  PeerFacts out;
  out.version = SSL_get_version(ssl);
  const X509Ptr leaf(SSL_get1_peer_certificate(ssl));
  if (leaf == nullptr) return out;
  const X509_NAME* issuer = X509_get_issuer_name(leaf.get());
  out.issuer = entry_text(issuer, NID_commonName);
  if (out.issuer.empty()) out.issuer = entry_text(issuer, NID_organizationName);
  std::tm end{};
  if (ASN1_TIME_to_tm(X509_get0_notAfter(leaf.get()), &end) == 1) out.not_after_utc_s = ::timegm(&end);
  return out;
}

}  // namespace cvr::certs
