#include "certs/upstream_context.h"

#include <sys/stat.h>

#include <filesystem>

#include "certs/inspect.h"
#include "certs/issue.h"
#include "certs/server_context.h"
#include "support/random.h"
#include "unit/certs/support.h"

namespace cvr::certs {
namespace {

class UpstreamContext : public ::testing::Test {
 protected:
  UpstreamContext() {
    test::forget_system_roots();
    trust_.ca_file = place_.write("root.pem", pem_of(root_.certificate.get()));
  }

  ContextPtr server_for(const std::string& san) {
    const X509Ptr leaf = test::forge_leaf(root_, key_.get(), san);
    return *make_server_context("any", leaf.get(), key_.get(), *make_ticket_keys());
  }

  // "" when a client that wants `host` accepts a server whose certificate names `san`, else the problem.
  std::string problem(const std::string& host, const std::string& san, std::int64_t now = test::kNow) {
    auto client = make_upstream_context(trust_);
    if (!client) return client.error().text;
    X509_VERIFY_PARAM_set_time(SSL_CTX_get0_param(client->get()), now);
    test::Wire wire(client->get(), server_for(san).get());
    if (auto prepared = prepare_upstream(wire.client(), host); !prepared) return prepared.error().text;
    if (wire.shake()) return "";
    const std::string words = verify_problem(wire.client());
    return words.empty() ? "something else" : words;
  }

  void expect_usage(const UpstreamTrust& trust, const std::string& words, ErrorCode code = ErrorCode::kUsage) {
    const auto context = make_upstream_context(trust);
    ASSERT_FALSE(context);
    EXPECT_EQ(context.error().code, code);
    EXPECT_NE(context.error().text.find(words), std::string::npos) << context.error().text;
    EXPECT_EQ(ERR_peek_error(), 0U);
  }

  test::TemporaryDirectory place_;
  test::Root root_ = test::make_test_root({"avinode.com"});
  KeyPtr key_ = std::move(*make_key());
  UpstreamTrust trust_;
};

TEST_F(UpstreamContext, AcceptsTheRightCertificate) {
  EXPECT_EQ(problem("sandbox.avinode.com", "DNS:sandbox.avinode.com"), "");
  EXPECT_EQ(problem("sandbox.avinode.com.", "DNS:sandbox.avinode.com"), "");
  EXPECT_EQ(problem("sandbox.avinode.com", "DNS:*.avinode.com"), "");
}

TEST_F(UpstreamContext, TrustsTheSystemsRoots) {
  ::setenv("SSL_CERT_FILE", trust_.ca_file.c_str(), 1);
  trust_.ca_file.clear();
  EXPECT_EQ(problem("sandbox.avinode.com", "DNS:sandbox.avinode.com"), "");
  const auto other = test::make_test_root({"avinode.com"});  // besides, not instead
  trust_.ca_file = place_.write("other.pem", pem_of(other.certificate.get()));
  EXPECT_EQ(problem("sandbox.avinode.com", "DNS:sandbox.avinode.com"), "");
}

TEST_F(UpstreamContext, RefusesAnotherName) {
  EXPECT_NE(problem("sandbox.avinode.com", "DNS:other.avinode.com").find("ostname mismatch"), std::string::npos);
  EXPECT_NE(problem("avinode.com", "DNS:*.avinode.com"), "");
  EXPECT_NE(problem("sandbox.avinode.com", "DNS:s*.avinode.com"), "");
  // The common name says placeholder.invalid and does not count.
  EXPECT_NE(problem("placeholder.invalid", "email:nobody@example.org"), "");
}

TEST_F(UpstreamContext, RefusesWhatItsRootMayNotSign) {
  EXPECT_NE(problem("example.org", "DNS:example.org").find("permitted subtree violation"), std::string::npos);
}

TEST_F(UpstreamContext, ChecksAddresses) {
  root_ = test::make_test_root({"avinode.com"});
  // Ours never signs for addresses: a root of another kind.
  const ExtensionPtr old(
      X509_delete_ext(root_.certificate.get(), X509_get_ext_by_NID(root_.certificate.get(), NID_name_constraints, -1)));
  X509_sign(root_.certificate.get(), root_.key.get(), EVP_sha256());
  trust_.ca_file = place_.write("root.pem", pem_of(root_.certificate.get()));
  EXPECT_EQ(problem("127.0.0.1", "IP:127.0.0.1"), "");
  EXPECT_EQ(problem("::1", "IP:0:0:0:0:0:0:0:1"), "");
  EXPECT_EQ(problem("[::1]", "IP:0:0:0:0:0:0:0:1"), "");
  EXPECT_NE(problem("127.0.0.2", "IP:127.0.0.1").find("IP address mismatch"), std::string::npos);
  EXPECT_NE(problem("127.0.0.1", "DNS:127.0.0.1"), "");
}

TEST_F(UpstreamContext, RefusesTheExpiredAndTheUnknown) {
  EXPECT_NE(problem("a.avinode.com", "DNS:a.avinode.com", test::kNow + 3 * kDay).find("expired"), std::string::npos);
  trust_.ca_file.clear();
  const std::string unknown = problem("a.avinode.com", "DNS:a.avinode.com");
  EXPECT_NE(unknown.find("unable to get local issuer certificate"), std::string::npos);
  EXPECT_NE(unknown.find("--upstream-ca"), std::string::npos);
}

TEST_F(UpstreamContext, ATrustedLeafNeedsNoRoot) {
  const X509Ptr leaf = test::forge_leaf(root_, key_.get(), "DNS:a.avinode.com");
  trust_.ca_file = place_.write("leaf.pem", pem_of(leaf.get()));
  const auto client = make_upstream_context(trust_);
  X509_VERIFY_PARAM_set_time(SSL_CTX_get0_param(client->get()), test::kNow);
  const ContextPtr server = *make_server_context("any", leaf.get(), key_.get(), *make_ticket_keys());
  test::Wire wire(client->get(), server.get());
  ASSERT_TRUE(prepare_upstream(wire.client(), "a.avinode.com"));
  EXPECT_TRUE(wire.shake());
}

TEST_F(UpstreamContext, InsecureTakesAnythingAndBlamesNothing) {
  trust_ = {};
  trust_.insecure = true;
  const auto client = make_upstream_context(trust_);
  test::Wire wire(client->get(), server_for("DNS:example.org").get());
  ASSERT_TRUE(prepare_upstream(wire.client(), "sandbox.avinode.com"));
  EXPECT_TRUE(wire.shake());
  EXPECT_EQ(verify_problem(wire.client()), "");
}

TEST_F(UpstreamContext, SendsNameAndProtocol) {
  const auto client = make_upstream_context(trust_);
  X509_VERIFY_PARAM_set_time(SSL_CTX_get0_param(client->get()), test::kNow);
  test::Wire wire(client->get(), server_for("DNS:sandbox.avinode.com").get());
  ASSERT_TRUE(prepare_upstream(wire.client(), "sandbox.avinode.com"));
  ASSERT_TRUE(wire.shake());
  EXPECT_STREQ(SSL_get_servername(wire.server(), TLSEXT_NAMETYPE_host_name), "sandbox.avinode.com");
  EXPECT_EQ(wire.alpn(), "http/1.1");
}

TEST_F(UpstreamContext, SendsNoNameForAddresses) {
  const auto client =
      make_upstream_context({.ca_file = "", .insecure = true, .client_cert_file = "", .client_key_file = ""});
  test::Wire wire(client->get(), server_for("DNS:a.avinode.com").get());
  ASSERT_TRUE(prepare_upstream(wire.client(), "127.0.0.1"));
  ASSERT_TRUE(wire.shake());
  EXPECT_EQ(SSL_get_servername(wire.server(), TLSEXT_NAMETYPE_host_name), nullptr);
}

TEST_F(UpstreamContext, RefusesTls11) {
  const auto client =
      make_upstream_context({.ca_file = "", .insecure = true, .client_cert_file = "", .client_key_file = ""});
  const ContextPtr server = server_for("DNS:a.avinode.com");
  SSL_CTX_set_security_level(server.get(), 0);
  SSL_CTX_set_min_proto_version(server.get(), TLS1_VERSION);
  SSL_CTX_set_max_proto_version(server.get(), TLS1_1_VERSION);
  test::Wire wire(client->get(), server.get());
  EXPECT_FALSE(wire.shake());
  EXPECT_EQ(verify_problem(wire.client()), "");  // that was not it
}

TEST_F(UpstreamContext, AnEndWithoutNoticeIsAnError) {
  const auto client =
      make_upstream_context({.ca_file = "", .insecure = true, .client_cert_file = "", .client_key_file = ""});
  test::Wire wire(client->get(), server_for("DNS:a.avinode.com").get());
  ASSERT_TRUE(wire.shake());
  BIO_shutdown_wr(SSL_get_wbio(wire.server()));
  char byte = 0;
  const int read = SSL_read(wire.client(), &byte, 1);
  EXPECT_EQ(SSL_get_error(wire.client(), read), SSL_ERROR_SSL);
}

TEST_F(UpstreamContext, OddHostsAreRefused) {
  const auto client = make_upstream_context(trust_);
  for (const std::string& host : {std::string(), std::string("."), std::string(254, 'a'), std::string("a\0b", 3)}) {
    test::Wire wire(client->get(), client->get());
    EXPECT_EQ(prepare_upstream(wire.client(), host).error().code, ErrorCode::kRefused);
  }
}

TEST_F(UpstreamContext, RootFilesMayHoldSeveralAndMayBeLinks) {
  const auto other = test::make_test_root({"example.org"});
  place_.write("both.pem", "comment\n" + pem_of(other.certificate.get()) + pem_of(root_.certificate.get()));
  ASSERT_EQ(::symlink("both.pem", place_.file("link.pem").c_str()), 0);
  trust_.ca_file = place_.file("link.pem");
  EXPECT_EQ(problem("a.avinode.com", "DNS:a.avinode.com"), "");
}

TEST_F(UpstreamContext, BadRootFilesAreToldApart) {
  UpstreamTrust trust;
  trust.ca_file = place_.file("absent.pem");
  expect_usage(trust, "No such file", ErrorCode::kEnvironment);
  trust.ca_file = place_.write("empty.pem", "");
  expect_usage(trust, "holds no certificate");
  std::string cut = pem_of(root_.certificate.get());
  cut.resize(cut.size() / 2);
  trust.ca_file = place_.write("cut.pem", pem_of(root_.certificate.get()) + cut);
  expect_usage(trust, "damaged");
  trust.ca_file = place_.path();
  EXPECT_FALSE(make_upstream_context(trust));
}

TEST_F(UpstreamContext, ShowsItsClientCertificate) {
  const X509Ptr leaf = test::forge_leaf(root_, key_.get(), "DNS:client.avinode.com");
  UpstreamTrust trust;
  trust.insecure = true;
  trust.client_cert_file = place_.write("client.pem", pem_of(leaf.get()));
  trust.client_key_file = place_.write("client.key", key_pem_of(key_.get()));
  UpstreamTrust both = trust;
  both.client_cert_file = place_.write("both.pem", pem_of(leaf.get()) + key_pem_of(key_.get()));
  both.client_key_file.clear();
  for (const auto& given : {trust, both}) {
    const auto client = make_upstream_context(given);
    ASSERT_TRUE(client) << client.error().text;
    const ContextPtr server = server_for("DNS:a.avinode.com");
    SSL_CTX_set_verify(server.get(), SSL_VERIFY_PEER, [](int, X509_STORE_CTX*) { return 1; });
    test::Wire wire(client->get(), server.get());
    ASSERT_TRUE(wire.shake());
    const X509Ptr shown(SSL_get1_peer_certificate(wire.server()));
    ASSERT_NE(shown, nullptr);
    EXPECT_EQ(X509_cmp(shown.get(), leaf.get()), 0);
  }
}

TEST_F(UpstreamContext, BadClientCertificatesAreToldApart) {
  const X509Ptr leaf = test::forge_leaf(root_, key_.get(), "DNS:client.avinode.com");
  UpstreamTrust trust;
  trust.client_key_file = place_.write("client.key", key_pem_of(key_.get()));
  expect_usage(trust, "--client-key needs --client-cert");
  trust.client_cert_file = place_.file("absent.pem");
  expect_usage(trust, "--client-cert: can not open", ErrorCode::kEnvironment);
  trust.client_cert_file = place_.write("client.pem", "rubbish");
  expect_usage(trust, "holds no usable certificate");
  place_.write("client.pem", pem_of(leaf.get()));
  place_.write("client.key", key_pem_of(make_key()->get()));
  expect_usage(trust, "does not belong to the certificate");
  place_.write("client.key", "rubbish");
  expect_usage(trust, "holds no usable key");
  std::filesystem::permissions(trust.client_key_file, static_cast<std::filesystem::perms>(0640));
  expect_usage(trust, "chmod 600", ErrorCode::kEnvironment);
}

}  // namespace
}  // namespace cvr::certs
