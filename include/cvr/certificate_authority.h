// The certificate authority and its leaves.  proxy/certs alone includes x509 headers and holds keys.
// CONTRACT "CA" and CLIENTS section 7: P-256, at most 90 days, critical CA:TRUE pathlen:0, critical
// keyCertSign+cRLSign, SKI, critical name constraints permitting each host in scope (no leading
// dot) and excluding 0.0.0.0/0 and ::/0, notBefore a day back.  Leaves: P-256 (one shared key an
// authority instance), CN = host cut to 64, SAN, critical CA:FALSE, critical digitalSignature, EKU
// serverAuth, AKI + SKI, random 16-byte serial, notBefore an hour back for clocks that are behind (never
// before the CA's), 24 h in all (never beyond the CA's end).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "cvr/result.h"
#include "cvr/system.h"

typedef struct ssl_ctx_st SSL_CTX;  // OpenSSL's handle, opaque here

namespace cvr::certs {

struct AuthorityFacts {
  std::string subject;
  std::string sha256_fingerprint;  // hex with colons
  std::string spki_sha256_base64;  // for Chromium's --ignore-certificate-errors-spki-list
  std::vector<std::string> permitted_hosts;
  std::int64_t not_before_utc_s = 0;
  std::int64_t not_after_utc_s = 0;
};

// Immutable after load but for the leaf cache (1,024 hosts, least recently used dropped), which is
// synchronised: any thread.  `clock` of the makers below must outlive the authority.
//
// Host patterns are domains in scope ("*.example.com" and "example.com" both permit example.com and
// all below it).  Addresses among them are passed over: they may be in scope for http://, never get
// a leaf.  "*" is kUsage: no constraint would be left.
class Authority {
 public:
  // Loads DIR/ca.pem and DIR/ca.key, or makes them (DIR 0700, files 0600) when there is no ca.pem;
  // of several processes doing so at once one makes it, all load the same (DIR/ca.lock).
  // Errors: kEnvironment with the mending command in the text: permissions looser than 0700/0600,
  // foreign owner, link, unreadable, not a CA as described above, expired or about to (within a day;
  // text names `cvr ca rotate`).  A loaded CA that does not cover `hosts`: kUsage whose text names
  // `cvr ca rotate --host ...` with the old hosts and the new.
  static Result<std::shared_ptr<Authority>> open(const std::string& dir, const std::vector<std::string>& hosts,
                                                 const Clock& clock);
  // Replaces the CA by a new one for `hosts` (written beside and renamed).
  static Result<std::shared_ptr<Authority>> rotate(const std::string& dir, const std::vector<std::string>& hosts,
                                                   const Clock& clock);
  // An authority that lives in memory only (sandbox, tests).
  static Result<std::shared_ptr<Authority>> ephemeral(const std::string& common_name,
                                                      const std::vector<std::string>& hosts, const Clock& clock);
  virtual ~Authority() = default;

  virtual const AuthorityFacts& facts() const = 0;
  virtual std::string certificate_pem() const = 0;
  virtual bool covers(const std::string& host) const = 0;

  // A server context for `host` (lower case DNS name): chain leaf only, TLS >= 1.2, X25519 first,
  // session resumption on with one ticket, ALPN http/1.1 or 1.0 (a client that offers only other
  // protocols is refused, one without ALPN is served).  Cached; re-made when past half its life.
  // Errors: kRefused for an IP literal, a wildcard, a name over 253 bytes or with odd characters,
  // or a host the constraints do not cover; kEnvironment when the CA has expired meanwhile.  The
  // context stays valid while the returned pointer lives.
  virtual Result<std::shared_ptr<SSL_CTX>> server_context(const std::string& host) = 0;
};

}  // namespace cvr::certs
