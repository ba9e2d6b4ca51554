// What the tests of certs share: a place for files, chain verification, a handshake in memory.
#pragma once

#include <string>
#include <vector>

#include "certs/handles.h"
#include "support/fakes.h"

namespace cvr::certs::test {

inline constexpr std::int64_t kNow = 1'772'000'000;  // where FakeClock begins, seconds
inline constexpr std::int64_t kDayUs = 86'400'000'000;

class TemporaryDirectory {
 public:
  TemporaryDirectory();  // 0700
  ~TemporaryDirectory();
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  const std::string& path() const { return path_; }
  std::string file(const std::string& name) const { return path_ + "/" + name; }
  std::string write(const std::string& name, const std::string& bytes) const;  // answers the path

 private:
  std::string path_;
};

// Makes this process trust nobody by default: reading the system's roots takes 80 ms each time.
void forget_system_roots();

unsigned mode_of(const std::string& path);

// A root and its key.
struct Root {
  KeyPtr key;
  X509Ptr certificate;
};
Root make_test_root(const std::vector<std::string>& domains);

// A leaf whose SAN stands in x509v3_config(5) notation ("IP:127.0.0.1"): what CVR itself never makes.
X509Ptr forge_leaf(const Root& root, EVP_PKEY* leaf_key, const std::string& san);

// X509_V_OK, or why a client that trusts `root` alone refuses `leaf` for `host` at `now_utc_s`.
int verify(X509* leaf, X509* root, const std::string& host, std::int64_t now_utc_s = kNow);

// "critical " and the text of the extension as `openssl x509 -text` has it; "" when absent.
std::string extension_text(X509* certificate, int nid);

// A client and a server in one thread, over memory.
class Wire {
 public:
  Wire(SSL_CTX* client, SSL_CTX* server);
  ~Wire();
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;
  SSL* client() const { return client_; }
  SSL* server() const { return server_; }
  bool shake();              // true when both ends are done; a byte has gone each way then
  std::string alpn() const;  // what was agreed on

 private:
  SSL* client_;
  SSL* server_;
};

// A client that trusts nobody in particular and checks nothing.
ContextPtr careless_client();

}  // namespace cvr::certs::test
