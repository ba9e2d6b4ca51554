// Deadlines of the client's side (SAFETY T18), with short ones in the place of the real.
#include "unit/net/rig.h"

namespace cvr::net {
namespace {

TEST(Exchange, ASlowBodyThatIsReadWholeIs408) {
  const test::Rig rig(test::short_body_window(), test::hello);
  for (const std::string_view framing : test::kBegunBodies) {
    test::Client client(rig.reverse());
    client.send("POST / HTTP/1.1\r\nHost: localhost\r\n");
    client.send(framing);
    EXPECT_EQ(client.read_until("\r\n"), "HTTP/1.1 408 Request Timeout\r\n");
  }
}

TEST(Exchange, TheHeadsDeadlineEndsWithTheHead) {
  // The answer comes later than a head may take, and is larger than any buffer on its way.
  ProxyLimits limits;
  limits.head_timeout_ms = 100;
  limits.idle_timeout_ms = 20'000;
  constexpr std::size_t kSize = 32u << 20;
  const test::Rig rig(limits, [](const http::Request&) {
    OriginReply reply;
    reply.delay_ms = 500;
    reply.response.body.assign(kSize, 'x');
    return reply;
  });
  test::Client client(rig.proxy());
  const std::string request =
      "GET " + rig.origin_url() + "/ HTTP/1.1\r\nHost: " + rig.origin_url().substr(7) + "\r\nConnection: close\r\n\r\n";
  client.send(request);
  client.read_until("\r\n\r\n");
  EXPECT_EQ(client.read_all().size(), kSize);
}

}  // namespace
}  // namespace cvr::net
