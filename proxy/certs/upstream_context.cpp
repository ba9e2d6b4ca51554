#include "certs/upstream_context.h"

#include <filesystem>
#include <system_error>

#include "certs/ciphers.h"
#include "certs/handles.h"
#include "certs/upstream_sessions.h"
#include "http/target.h"
#include "os/file.h"
#include "os/private_file.h"

namespace cvr::certs {
namespace {

constexpr unsigned char kProtocols[] = "\x08http/1.1";
constexpr std::size_t kMaxSni = 253;

// OpenSSL would ask for a pass phrase on the terminal.
int no_pass_phrase(char*, int, int, void*) { return 0; }

// Read by OpenSSL and not by os::read_file: a link is common here (/etc/ssl/certs) and welcome.
Result<BioPtr> open_pem(const std::string& path, const char* option) {
  errno = 0;
  BioPtr file(BIO_new_file(path.c_str(), "r"));
  const int error_number = errno;
  ERR_clear_error();
  if (file) return file;
  return fail(ErrorCode::kEnvironment,
              std::string(option) + ": can not open " + path + ": " + os::system_words(error_number));
}

Result<void> add_roots(SSL_CTX* context, const std::string& path) {
  auto file = open_pem(path, "--upstream-ca");
  if (!file) return std::unexpected(file.error());
  int added = 0;
  for (;;) {
    const X509Ptr root(PEM_read_bio_X509(file->get(), nullptr, no_pass_phrase, nullptr));
    if (!root) break;
    if (X509_STORE_add_cert(SSL_CTX_get_cert_store(context), root.get()) == 1) ++added;
  }
  const bool at_end = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
  ERR_clear_error();
  if (!at_end) return fail(ErrorCode::kUsage, "--upstream-ca: " + path + " has a damaged certificate");
  if (added == 0) return fail(ErrorCode::kUsage, "--upstream-ca: " + path + " holds no certificate in PEM");
  return {};
}

Result<void> add_client_certificate(SSL_CTX* context, const UpstreamTrust& trust) {
  if (trust.client_cert_file.empty()) {
    if (trust.client_key_file.empty()) return {};
    return fail(ErrorCode::kUsage, "--client-key needs --client-cert");
  }
  const std::string& key_file = trust.client_key_file.empty() ? trust.client_cert_file : trust.client_key_file;
  for (const auto& [path, option] :
       {std::pair(&trust.client_cert_file, "--client-cert"), std::pair(&key_file, "--client-key")}) {
    if (auto file = open_pem(*path, option); !file) return std::unexpected(file.error());
  }
  // The file itself, since keys are often reached by a link.
  std::error_code error;
  const std::filesystem::path target = std::filesystem::canonical(key_file, error);
  if (auto is_private = os::check_private_file(error ? key_file : target.string()); !is_private) {
    return fail(is_private.error().code, "--client-key: " + is_private.error().text);
  }
  if (SSL_CTX_use_certificate_chain_file(context, trust.client_cert_file.c_str()) != 1) {
    ERR_clear_error();
    return fail(ErrorCode::kUsage, "--client-cert: " + trust.client_cert_file + " holds no usable certificate in PEM");
  }
  if (SSL_CTX_use_PrivateKey_file(context, key_file.c_str(), SSL_FILETYPE_PEM) != 1) {
    const bool is_other = ERR_GET_REASON(ERR_peek_last_error()) == X509_R_KEY_VALUES_MISMATCH;
    ERR_clear_error();
    return fail(ErrorCode::kUsage, "--client-key: " + key_file +
                                       (is_other ? " does not belong to the certificate"
                                                 : " holds no usable key in PEM (an encrypted one must be decrypted)"));
  }
  return {};
}

bool set_protocol(SSL_CTX* context) {
  SSL_CTX_set_options(context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION);
  SSL_CTX_set_default_passwd_cb(context, no_pass_phrase);
  keep_upstream_sessions(context);
  return SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) == 1 &&
         SSL_CTX_set_ciphersuites(context, kTls13Suites) == 1 &&
         SSL_CTX_set_alpn_protos(context, kProtocols, sizeof kProtocols - 1) == 0;  // 0 is success here
}

bool set_trust(SSL_CTX* context, bool insecure) {
  SSL_CTX_set_verify(context, insecure ? SSL_VERIFY_NONE : SSL_VERIFY_PEER, nullptr);
  X509_VERIFY_PARAM* param = SSL_CTX_get0_param(context);
  // As curl does: a certificate of --upstream-ca is trusted although it is not self-signed.
  return X509_VERIFY_PARAM_set_flags(param, X509_V_FLAG_PARTIAL_CHAIN) == 1 &&
         SSL_CTX_set_default_verify_paths(context) == 1;
}

std::string plain_host(std::string host) {
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  if (host.ends_with('.')) host.pop_back();
  return host;
}

}  // namespace

Result<std::shared_ptr<SSL_CTX>> make_upstream_context(const UpstreamTrust& trust) {
  ContextPtr context(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
  if (!context || !set_protocol(context.get()) || !set_trust(context.get(), trust.insecure)) {
    return openssl_failed("can not make a TLS client context");
  }
  if (!trust.ca_file.empty()) {
    if (auto added = add_roots(context.get(), trust.ca_file); !added) return std::unexpected(added.error());
  }
  if (auto added = add_client_certificate(context.get(), trust); !added) return std::unexpected(added.error());
  return context;
}

Result<void> prepare_upstream(SSL* ssl, const std::string& given_host) {
  const std::string host = plain_host(given_host);
  if (host.empty() || host.size() > kMaxSni || host.find('\0') != std::string::npos) {
    return fail(ErrorCode::kRefused, "the upstream's host can not be a name");
  }
  X509_VERIFY_PARAM* param = SSL_get0_param(ssl);
  if (http::is_ip_literal(host)) {
    if (X509_VERIFY_PARAM_set1_ip_asc(param, host.c_str()) == 1) return {};
    return openssl_failed("can not bind the connection to its address");
  }
  X509_VERIFY_PARAM_set_hostflags(param, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS | X509_CHECK_FLAG_NEVER_CHECK_SUBJECT);
  if (SSL_set_tlsext_host_name(ssl, host.c_str()) != 1 ||
      X509_VERIFY_PARAM_set1_host(param, host.data(), host.size()) != 1) {
    return openssl_failed("can not bind the connection to its host");
  }
  resume_upstream_session(ssl);
  return {};
}

std::string verify_problem(SSL* ssl) {
  if (SSL_get_verify_mode(ssl) == SSL_VERIFY_NONE) return {};
  const long result = SSL_get_verify_result(ssl);
  if (result == X509_V_OK) return {};
  std::string words = std::string("the upstream's certificate is refused: ") + X509_verify_cert_error_string(result);
  switch (result) {
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
      return words + " (--upstream-ca FILE adds a CA to the trusted ones)";
    default:
      return words;
  }
}

}  // namespace cvr::certs
