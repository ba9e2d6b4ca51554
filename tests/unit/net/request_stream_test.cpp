// A body that streams, with short deadlines in the place of the real (SAFETY T18).  Early answers:
// tests/e2e/test_upstreams.py.
#include "unit/net/rig.h"

namespace cvr::net {
namespace {

TEST(RequestStream, ASlowBodyThatStreamsIs408) {
  const test::Rig rig(test::short_body_window(), test::hello);
  for (const std::string_view framing : test::kBegunBodies) {
    test::Client client(rig.proxy());
    client.send("POST " + rig.origin_url() + "/ HTTP/1.1\r\nHost: " + rig.origin_url().substr(7) + "\r\n");
    client.send(framing);
    EXPECT_EQ(client.read_until("\r\n"), "HTTP/1.1 408 Request Timeout\r\n");
    EXPECT_NE(client.read_all().find("Connection: close"), std::string::npos);
  }
  EXPECT_EQ(rig.summary().failures, 0U);
}

}  // namespace
}  // namespace cvr::net
