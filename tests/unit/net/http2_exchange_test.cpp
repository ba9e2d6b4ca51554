// Streams whose client does not do its part.  More with real clients: tests/e2e/test_http2.py.
#include "net/http2_exchange.h"

#include "unit/net/http2_rig.h"

namespace cvr::net {
namespace {

using namespace test;

TEST(Http2Exchange, ASlowBodyIs408) {
  Http2Rig rig(short_body_window(), test::hello);
  rig.send(opening() + rig.ask(1, "POST", false) + frame(kData, 0, 1, "some bytes"));
  const auto answer = rig.until(kData);
  EXPECT_NE(answer.back().payload.find("did not arrive in time"), std::string::npos);
  EXPECT_EQ(answer.back().flags, kEndStream);
  // And what does not come is not waited for.
  const auto reset = rig.until(kReset);
  ASSERT_FALSE(reset.empty());
  EXPECT_EQ(reset.back().code(), 0U);
  rig.send(rig.ask(3, "GET", true));
  EXPECT_EQ(rig.until(kData).back().payload, "hello");
}

TEST(Http2Exchange, AnAnswerThatIsNotTakenIsBrokenOff) {
  ProxyLimits limits;
  limits.idle_timeout_ms = 200;
  Http2Rig rig(limits, [](const http::Request&) {
    OriginReply reply;
    reply.response.body.assign(4u << 20, 'x');
    return reply;
  });
  rig.send(opening() + rig.ask(1, "GET", true));
  const auto frames = rig.until(kReset);
  std::size_t got = 0;
  for (const Frame& one : frames) got += one.kind == kData ? one.payload.size() : 0;
  EXPECT_EQ(got, 65'535U);
  EXPECT_EQ(frames.back().code(), 8U);
}

TEST(Http2Exchange, AnAnswerThatIsTakenByteByByteIsBrokenOff) {
  ProxyLimits limits;
  limits.idle_timeout_ms = 100;
  Http2Rig rig(limits, [](const http::Request&) {
    OriginReply reply;
    reply.response.body.assign(4u << 20, 'x');
    return reply;
  });
  rig.send(opening() + rig.ask(1, "GET", true));
  Frame one;
  for (std::size_t got = 0; rig.next(one) && one.kind != kReset;) {
    got += one.kind == kData ? one.payload.size() : 0;
    if (got < 65'535 || one.kind == kHeaders) continue;
    // A byte for each answered PING.
    const std::string byte = number(1);
    rig.send(one.kind == kPing ? frame(kWindow, 0, 0, byte) + frame(kWindow, 0, 1, byte)
                               : frame(kPing, 0, 0, "12345678"));
  }
  EXPECT_EQ(one.kind, kReset);
  EXPECT_EQ(one.code(), 8U);
}

TEST(Http2Exchange, ALargeAnswerComesAsTheClientTakesIt) {
  constexpr std::size_t kSize = 4u << 20;
  Http2Rig rig({}, [](const http::Request&) {
    OriginReply reply;
    reply.response.body.assign(kSize, 'x');
    return reply;
  });
  rig.send(opening() + rig.ask(1, "GET", true));
  std::size_t got = 0;
  for (Frame one; rig.next(one);) {
    if (one.kind != kData) continue;
    got += one.payload.size();
    const std::string more = number(static_cast<std::uint32_t>(one.payload.size()));
    if (one.flags == kEndStream) break;
    if (!one.payload.empty()) rig.send(frame(kWindow, 0, 0, more) + frame(kWindow, 0, 1, more));
  }
  EXPECT_EQ(got, kSize);
}

TEST(Http2Exchange, AStreamThatIsResetLeavesTheOthers) {
  Http2Rig rig({}, test::hello);
  rig.send(opening() + rig.ask(1, "POST", false) + frame(kData, 0, 1, "half") + frame(kReset, 0, 1, number(8)) +
           rig.ask(3, "POST", false) + frame(kData, kEndStream, 3, "whole"));
  const auto frames = rig.until(kData);
  ASSERT_EQ(frames.size(), 2U);
  EXPECT_EQ(frames[1].stream, 3U);
  EXPECT_EQ(frames[1].payload, "hello");
}

TEST(Http2Exchange, TheBodyArrivesWithItsTrailers) {
  Http2Rig rig({}, [](const http::Request& request) {
    OriginReply reply;
    reply.response.body = request.body;
    return reply;
  });
  rig.send(opening() + rig.ask(1, "POST", false) + frame(kData, 0, 1, "two ") + frame(kData, 0, 1, "pieces") +
           frame(kHeaders, kEndHeaders | kEndStream, 1, block({{"x-sum", "1"}})));
  EXPECT_EQ(rig.until(kData).back().payload, "two pieces");
}

}  // namespace
}  // namespace cvr::net
