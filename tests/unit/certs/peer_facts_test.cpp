#include "certs/peer_facts.h"

#include "certs/inspect.h"
#include "certs/issue.h"
#include "certs/server_context.h"
#include "certs/upstream_context.h"
#include "unit/certs/support.h"

namespace cvr::certs {
namespace {

TEST(PeerFacts, NameTheIssuerTheVersionAndTheEnd) {
  const test::Root root = test::make_test_root({"vendor.example"});
  const KeyPtr key = *make_key();
  const X509Ptr leaf = test::forge_leaf(root, key.get(), "DNS:a.vendor.example");
  const ContextPtr server = *make_server_context("any", leaf.get(), key.get(), *make_ticket_keys());
  const ContextPtr client = test::careless_client();
  test::Wire wire(client.get(), server.get());
  ASSERT_TRUE(wire.shake());
  const PeerFacts facts = peer_facts(wire.client());
  EXPECT_EQ(facts.version, "TLSv1.3");
  char name[200] = "";
  X509_NAME_get_text_by_NID(X509_get_subject_name(root.certificate.get()), NID_commonName, name, sizeof name);
  EXPECT_EQ(facts.issuer, name);
  EXPECT_NE(facts.issuer, "");
  EXPECT_GT(facts.not_after_utc_s, test::kNow);
  EXPECT_LE(facts.not_after_utc_s, test::kNow + 86'400);
}

TEST(PeerFacts, WithoutACertificateThereIsNoIssuer) {
  const test::Root root = test::make_test_root({"vendor.example"});
  const KeyPtr key = *make_key();
  const X509Ptr leaf = test::forge_leaf(root, key.get(), "DNS:a.vendor.example");
  const ContextPtr server = *make_server_context("any", leaf.get(), key.get(), *make_ticket_keys());
  const ContextPtr client = test::careless_client();
  test::Wire wire(client.get(), server.get());
  ASSERT_TRUE(wire.shake());
  EXPECT_EQ(peer_facts(wire.server()).issuer, "");  // the client showed none
  EXPECT_EQ(peer_facts(wire.server()).not_after_utc_s, 0);
}

}  // namespace
}  // namespace cvr::certs
