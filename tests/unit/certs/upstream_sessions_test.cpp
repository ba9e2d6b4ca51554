#include "certs/upstream_sessions.h"

#include "certs/issue.h"
#include "certs/server_context.h"
#include "certs/upstream_context.h"
#include "unit/certs/support.h"

namespace cvr::certs {
namespace {

class UpstreamSessions : public ::testing::Test {
 protected:
  UpstreamSessions() {
    const X509Ptr leaf = test::forge_leaf(root_, key_.get(), "DNS:*.avinode.com");
    server_ = *make_server_context("any", leaf.get(), key_.get(), *make_ticket_keys());
  }

  static ContextPtr make_client() {
    test::forget_system_roots();
    return *make_upstream_context({.ca_file = "", .insecure = true, .client_cert_file = "", .client_key_file = ""});
  }

  // One connection to `host`; whether it resumed an earlier one.
  bool connects_again(const std::string& host) {
    test::Wire wire(client_.get(), server_.get());
    EXPECT_TRUE(prepare_upstream(wire.client(), host));
    EXPECT_TRUE(wire.shake());
    return SSL_session_reused(wire.client()) == 1;
  }

  test::Root root_ = test::make_test_root({"avinode.com"});
  KeyPtr key_ = std::move(*make_key());
  ContextPtr server_;
  ContextPtr client_ = make_client();
};

TEST_F(UpstreamSessions, TheNextConnectionToAHostResumes) {
  EXPECT_FALSE(connects_again("a.avinode.com"));
  EXPECT_TRUE(connects_again("a.avinode.com"));
  EXPECT_TRUE(connects_again("a.avinode.com"));
}

TEST_F(UpstreamSessions, WithTls12Too) {
  SSL_CTX_set_max_proto_version(server_.get(), TLS1_2_VERSION);
  EXPECT_FALSE(connects_again("a.avinode.com"));
  EXPECT_TRUE(connects_again("a.avinode.com"));
  EXPECT_TRUE(connects_again("a.avinode.com"));
}

TEST_F(UpstreamSessions, AreNotSharedBetweenHosts) {
  EXPECT_FALSE(connects_again("a.avinode.com"));
  EXPECT_FALSE(connects_again("b.avinode.com"));
  EXPECT_TRUE(connects_again("a.avinode.com"));
}

TEST_F(UpstreamSessions, ATls13SessionIsUsedOnce) {
  EXPECT_FALSE(connects_again("a.avinode.com"));
  test::Wire one(client_.get(), server_.get());
  test::Wire other(client_.get(), server_.get());
  ASSERT_TRUE(prepare_upstream(one.client(), "a.avinode.com"));
  ASSERT_TRUE(prepare_upstream(other.client(), "a.avinode.com"));
  EXPECT_TRUE(one.shake());
  EXPECT_TRUE(other.shake());
  EXPECT_EQ(SSL_session_reused(one.client()), 1);
  EXPECT_EQ(SSL_session_reused(other.client()), 0);
}

TEST_F(UpstreamSessions, AServerThatForgotGetsAFullHandshake) {
  EXPECT_FALSE(connects_again("a.avinode.com"));
  auto tickets = *make_ticket_keys();
  SSL_CTX_set_tlsext_ticket_keys(server_.get(), tickets.bytes.data(), static_cast<long>(tickets.bytes.size()));
  EXPECT_FALSE(connects_again("a.avinode.com"));
  EXPECT_TRUE(connects_again("a.avinode.com"));
}

TEST_F(UpstreamSessions, AreBounded) {
  for (int i = 0; i < 80; ++i) EXPECT_FALSE(connects_again("h" + std::to_string(i) + ".avinode.com"));
  int kept = 0;
  for (int i = 0; i < 80; ++i) kept += connects_again("h" + std::to_string(i) + ".avinode.com") ? 1 : 0;
  EXPECT_LE(kept, 64);
  EXPECT_GT(kept, 0);
}

TEST_F(UpstreamSessions, AnUnpreparedConnectionIsJustNotResumed) {
  test::Wire wire(client_.get(), server_.get());
  resume_upstream_session(wire.client());
  EXPECT_TRUE(wire.shake());
}

}  // namespace
}  // namespace cvr::certs
