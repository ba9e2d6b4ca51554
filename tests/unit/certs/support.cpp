#include "unit/certs/support.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "certs/issue.h"

namespace cvr::certs::test {
namespace {

// One step of a handshake; false when it failed for good.
bool step(SSL* ssl) {
  if (SSL_is_init_finished(ssl) == 1) return true;
  const int result = SSL_do_handshake(ssl);
  if (result == 1) return true;
  const int error = SSL_get_error(ssl, result);
  return error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE;
}

}  // namespace

TemporaryDirectory::TemporaryDirectory() {
  std::string pattern = (std::filesystem::temp_directory_path() / "cvr-certs-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) std::abort();
  path_ = pattern;
}

TemporaryDirectory::~TemporaryDirectory() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string TemporaryDirectory::write(const std::string& name, const std::string& bytes) const {
  std::ofstream(file(name), std::ios::binary) << bytes;
  ::chmod(file(name).c_str(), 0600);
  return file(name);
}

void forget_system_roots() {
  ::setenv("SSL_CERT_FILE", "/dev/null", 1);
  ::setenv("SSL_CERT_DIR", "/dev/null", 1);
}

unsigned mode_of(const std::string& path) {
  struct stat facts{};
  return ::lstat(path.c_str(), &facts) == 0 ? facts.st_mode & 07777U : 0U;
}

Root make_test_root(const std::vector<std::string>& domains) {
  Root root{std::move(*make_key()), nullptr};
  root.certificate = std::move(*make_root(root.key.get(), "Test CA", domains, kNow));
  return root;
}

X509Ptr forge_leaf(const Root& root, EVP_PKEY* leaf_key, const std::string& san) {
  X509Ptr leaf(std::move(*make_leaf("placeholder.invalid", leaf_key, root.certificate.get(), root.key.get(), kNow)));
  const ExtensionPtr old(X509_delete_ext(leaf.get(), X509_get_ext_by_NID(leaf.get(), NID_subject_alt_name, -1)));
  const ExtensionPtr extension(X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, san.c_str()));
  X509_add_ext(leaf.get(), extension.get(), -1);
  X509_sign(leaf.get(), root.key.get(), EVP_sha256());
  return leaf;
}

int verify(X509* leaf, X509* root, const std::string& host, std::int64_t now_utc_s) {
  X509_STORE* store = X509_STORE_new();
  X509_STORE_add_cert(store, root);
  X509_STORE_CTX* context = X509_STORE_CTX_new();
  X509_STORE_CTX_init(context, store, leaf, nullptr);
  X509_VERIFY_PARAM* param = X509_STORE_CTX_get0_param(context);
  X509_VERIFY_PARAM_set_time(param, now_utc_s);
  X509_VERIFY_PARAM_set_flags(param, X509_V_FLAG_X509_STRICT);
  X509_VERIFY_PARAM_set_purpose(param, X509_PURPOSE_SSL_SERVER);
  X509_VERIFY_PARAM_set_hostflags(param, X509_CHECK_FLAG_NEVER_CHECK_SUBJECT);
  if (X509_VERIFY_PARAM_set1_ip_asc(param, host.c_str()) != 1)
    X509_VERIFY_PARAM_set1_host(param, host.data(), host.size());
  X509_verify_cert(context);
  const int result = X509_STORE_CTX_get_error(context);
  X509_STORE_CTX_free(context);
  X509_STORE_free(store);
  ERR_clear_error();
  return result;
}

std::string extension_text(X509* certificate, int nid) {
  const int at = X509_get_ext_by_NID(certificate, nid, -1);
  if (at < 0) return {};
  X509_EXTENSION* extension = X509_get_ext(certificate, at);
  const BioPtr memory(BIO_new(BIO_s_mem()));
  X509V3_EXT_print(memory.get(), extension, 0, 0);
  char* data = nullptr;
  const long size = BIO_get_mem_data(memory.get(), &data);
  std::string text = X509_EXTENSION_get_critical(extension) == 1 ? "critical " : "";
  return text + std::string(data, static_cast<std::size_t>(size));
}

Wire::Wire(SSL_CTX* client, SSL_CTX* server) : client_(SSL_new(client)), server_(SSL_new(server)) {
  BIO* one = nullptr;
  BIO* other = nullptr;
  BIO_new_bio_pair(&one, 0, &other, 0);
  SSL_set_bio(client_, one, one);
  SSL_set_bio(server_, other, other);
  SSL_set_connect_state(client_);
  SSL_set_accept_state(server_);
}

Wire::~Wire() {
  // Without it OpenSSL takes the session for a broken one, and nothing resumes it.
  SSL_shutdown(client_);
  SSL_shutdown(server_);
  SSL_free(client_);
  SSL_free(server_);
  ERR_clear_error();
}

bool Wire::shake() {
  constexpr int kMaxSteps = 20;
  for (int i = 0; i < kMaxSteps; ++i) {
    ERR_clear_error();
    if (!step(client_) || !step(server_)) return false;
    if (SSL_is_init_finished(client_) == 1 && SSL_is_init_finished(server_) == 1) break;
  }
  // The byte from the server brings its session ticket along.
  char byte = 'x';
  return SSL_write(client_, &byte, 1) == 1 && SSL_read(server_, &byte, 1) == 1 && SSL_write(server_, &byte, 1) == 1 &&
         SSL_read(client_, &byte, 1) == 1;
}

std::string Wire::alpn() const {
  const unsigned char* name = nullptr;
  unsigned int size = 0;
  SSL_get0_alpn_selected(client_, &name, &size);
  return size == 0 ? std::string() : std::string(reinterpret_cast<const char*>(name), size);
}

ContextPtr careless_client() {
  ContextPtr context(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_NONE, nullptr);
  return context;
}

}  // namespace cvr::certs::test
