#include "certs/server_context.h"

#include "certs/issue.h"
#include "unit/certs/support.h"

namespace cvr::certs {
namespace {

class ServerContext : public ::testing::Test {
 protected:
  ContextPtr make(const std::string& host) {
    const X509Ptr leaf = std::move(*make_leaf(host, key_.get(), root_.certificate.get(), root_.key.get(), test::kNow));
    auto context = make_server_context(host, leaf.get(), key_.get(), tickets_);
    EXPECT_TRUE(context);
    return *context;
  }

  // A second connection with the session of a first one; whether it was resumed.
  bool resumes(const ContextPtr& first, const ContextPtr& second, int version) {
    SSL_CTX_set_max_proto_version(client_.get(), version);
    SSL_SESSION* session = nullptr;
    {
      test::Wire wire(client_.get(), first.get());
      EXPECT_TRUE(wire.shake());
      session = SSL_get1_session(wire.client());
    }
    test::Wire again(client_.get(), second.get());
    SSL_set_session(again.client(), session);
    EXPECT_TRUE(again.shake());
    SSL_SESSION_free(session);
    return SSL_session_reused(again.client()) == 1 && SSL_session_reused(again.server()) == 1;
  }

  // The protocol that was agreed on with a client that offers `wire_list`; "-" when refused.
  std::string agreed(const std::string& wire_list) {
    const ContextPtr server = make("a.avinode.com");
    test::Wire wire(client_.get(), server.get());
    if (!wire_list.empty()) {
      SSL_set_alpn_protos(wire.client(), reinterpret_cast<const unsigned char*>(wire_list.data()),
                          static_cast<unsigned int>(wire_list.size()));
    }
    return wire.shake() ? wire.alpn() : "-";
  }

  test::Root root_ = test::make_test_root({"avinode.com"});
  KeyPtr key_ = std::move(*make_key());
  TicketKeys tickets_ = *make_ticket_keys();
  ContextPtr client_ = test::careless_client();
};

TEST_F(ServerContext, AgreesOnTheFastestAlgorithms) {
  const ContextPtr server = make("a.avinode.com");
  // The client's own order is the opposite.
  SSL_CTX_set_ciphersuites(client_.get(), "TLS_CHACHA20_POLY1305_SHA256:TLS_AES_256_GCM_SHA384:TLS_AES_128_GCM_SHA256");
  test::Wire wire(client_.get(), server.get());
  ASSERT_TRUE(wire.shake());
  EXPECT_STREQ(SSL_get_version(wire.client()), "TLSv1.3");
  EXPECT_STREQ(SSL_get_cipher_name(wire.client()), "TLS_AES_128_GCM_SHA256");
  EXPECT_EQ(SSL_get_negotiated_group(wire.server()), NID_X25519);
}

TEST_F(ServerContext, ServesClientsThatKnowP256OnlyAndTls12Only) {
  const ContextPtr server = make("a.avinode.com");
  SSL_CTX_set1_groups_list(client_.get(), "P-256");
  SSL_CTX_set_max_proto_version(client_.get(), TLS1_2_VERSION);
  test::Wire wire(client_.get(), server.get());
  ASSERT_TRUE(wire.shake());
  EXPECT_STREQ(SSL_get_cipher_name(wire.client()), "ECDHE-ECDSA-AES128-GCM-SHA256");
}

TEST_F(ServerContext, RefusesTls11) {
  const ContextPtr server = make("a.avinode.com");
  SSL_CTX_set_security_level(client_.get(), 0);
  SSL_CTX_set_min_proto_version(client_.get(), TLS1_VERSION);
  SSL_CTX_set_max_proto_version(client_.get(), TLS1_1_VERSION);
  test::Wire wire(client_.get(), server.get());
  EXPECT_FALSE(wire.shake());
}

TEST_F(ServerContext, SendsTheLeafAlone) {
  const ContextPtr server = make("a.avinode.com");
  test::Wire wire(client_.get(), server.get());
  ASSERT_TRUE(wire.shake());
  EXPECT_EQ(sk_X509_num(SSL_get_peer_cert_chain(wire.client())), 1);
}

TEST_F(ServerContext, AlpnIsHttp1OrNothing) {
  EXPECT_EQ(agreed(""), "");
  EXPECT_EQ(agreed("\x08http/1.1"), "http/1.1");
  EXPECT_EQ(agreed("\x02h2\x08http/1.1"), "http/1.1");
  EXPECT_EQ(agreed("\x02h2"), "-");
  EXPECT_EQ(agreed("\x02h2\x08http/1.0"), "http/1.0");
  EXPECT_EQ(agreed("\x02h2\x06spdy/3"), "-");
}

TEST_F(ServerContext, ResumesWithTls13AndTls12) {
  const ContextPtr server = make("a.avinode.com");
  EXPECT_TRUE(resumes(server, server, TLS1_3_VERSION));
  EXPECT_TRUE(resumes(server, server, TLS1_2_VERSION));
}

TEST_F(ServerContext, ResumesAfterTheContextWasMadeAnew) {
  EXPECT_TRUE(resumes(make("a.avinode.com"), make("a.avinode.com"), TLS1_3_VERSION));
  EXPECT_TRUE(resumes(make("a.avinode.com"), make("a.avinode.com"), TLS1_2_VERSION));
}

TEST_F(ServerContext, DoesNotResumeForAnotherHost) {
  EXPECT_FALSE(resumes(make("a.avinode.com"), make("b.avinode.com"), TLS1_3_VERSION));
  EXPECT_FALSE(resumes(make("a.avinode.com"), make("b.avinode.com"), TLS1_2_VERSION));
}

TEST_F(ServerContext, DoesNotResumeWithOtherTicketKeys) {
  const ContextPtr first = make("a.avinode.com");
  tickets_ = *make_ticket_keys();
  EXPECT_FALSE(resumes(first, make("a.avinode.com"), TLS1_3_VERSION));
}

TEST_F(ServerContext, GivesOneTicketAndKeepsNothing) {
  const ContextPtr server = make("a.avinode.com");
  EXPECT_EQ(SSL_CTX_get_num_tickets(server.get()), 1U);
  SSL_CTX_set_max_proto_version(client_.get(), TLS1_2_VERSION);
  for (int i = 0; i < 5; ++i) {
    test::Wire wire(client_.get(), server.get());
    ASSERT_TRUE(wire.shake());
  }
  EXPECT_EQ(SSL_CTX_sess_number(server.get()), 0);
}

TEST_F(ServerContext, RenegotiationIsRefused) {
  const ContextPtr server = make("a.avinode.com");
  SSL_CTX_set_max_proto_version(client_.get(), TLS1_2_VERSION);
  test::Wire wire(client_.get(), server.get());
  ASSERT_TRUE(wire.shake());
  SSL_renegotiate(wire.client());
  SSL_do_handshake(wire.client());
  char byte = 0;
  EXPECT_LE(SSL_read(wire.server(), &byte, 1), 0);
  EXPECT_LE(SSL_do_handshake(wire.client()), 0);
  EXPECT_EQ(SSL_total_renegotiations(wire.server()), 0);
}

TEST_F(ServerContext, AClientThatJustClosesHasEnded) {
  const ContextPtr server = make("a.avinode.com");
  test::Wire wire(client_.get(), server.get());
  ASSERT_TRUE(wire.shake());
  BIO_shutdown_wr(SSL_get_wbio(wire.client()));  // no close_notify
  char byte = 0;
  const int read = SSL_read(wire.server(), &byte, 1);
  EXPECT_EQ(SSL_get_error(wire.server(), read), SSL_ERROR_ZERO_RETURN);
}

TEST_F(ServerContext, AKeyOfAnotherLeafIsAnError) {
  const X509Ptr leaf =
      std::move(*make_leaf("a.avinode.com", key_.get(), root_.certificate.get(), root_.key.get(), test::kNow));
  const KeyPtr other = std::move(*make_key());
  EXPECT_FALSE(make_server_context("a.avinode.com", leaf.get(), other.get(), tickets_));
}

}  // namespace
}  // namespace cvr::certs
