#include "certs/alpn.h"

#include "certs/issue.h"
#include "certs/server_context.h"
#include "unit/certs/support.h"

namespace cvr::certs {
namespace {

class Alpn : public ::testing::Test {
 protected:
  // With a client that offers `wire_list`, as `offers_http2` has it; "-" when refused.
  std::string agreed(const std::string& wire_list, bool offers_http2) {
    test::Wire wire(client_.get(), server_.get());
    if (offers_http2) offer_http2(wire.server());
    if (!wire_list.empty()) {
      SSL_set_alpn_protos(wire.client(), reinterpret_cast<const unsigned char*>(wire_list.data()),
                          static_cast<unsigned int>(wire_list.size()));
    }
    if (!wire.shake()) return "-";
    EXPECT_EQ(chose_http2(wire.server()), wire.alpn() == "h2");
    return wire.alpn();
  }

  test::Root root_ = test::make_test_root({"avinode.com"});
  KeyPtr key_ = std::move(*make_key());
  X509Ptr leaf_ =
      std::move(*make_leaf("a.avinode.com", key_.get(), root_.certificate.get(), root_.key.get(), test::kNow));
  ContextPtr server_ = *make_server_context("a.avinode.com", leaf_.get(), key_.get(), *make_ticket_keys());
  ContextPtr client_ = test::careless_client();
};

TEST_F(Alpn, Http1IsChosenWhereItIsOffered) {
  for (const bool offers_http2 : {false, true}) {
    EXPECT_EQ(agreed("", offers_http2), "");
    EXPECT_EQ(agreed("\x08http/1.1", offers_http2), "http/1.1");
    EXPECT_EQ(agreed("\x02h2\x08http/1.1", offers_http2), "http/1.1");
    EXPECT_EQ(agreed("\x08http/1.1\x02h2", offers_http2), "http/1.1");
    EXPECT_EQ(agreed("\x02h2\x08http/1.0", offers_http2), "http/1.0");
    EXPECT_EQ(agreed("\x06spdy/3", offers_http2), "-");
    EXPECT_EQ(agreed("\x03h2c", offers_http2), "-");
  }
}

TEST_F(Alpn, Http2IsForWhoOffersNothingElse) {
  EXPECT_EQ(agreed("\x02h2", true), "h2");
  EXPECT_EQ(agreed("\x06spdy/3\x02h2", true), "h2");
  EXPECT_EQ(agreed("\x02h2", false), "-");
}

}  // namespace
}  // namespace cvr::certs
