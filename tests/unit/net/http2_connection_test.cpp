// Deadlines, refusals and the end of a connection.  More with real clients: tests/e2e/test_http2.py.
#include "net/http2_connection.h"

#include <future>

#include "unit/net/http2_rig.h"

namespace cvr::net {
namespace {

using namespace test;

ProxyLimits short_limits() {
  ProxyLimits limits;
  limits.head_timeout_ms = limits.idle_timeout_ms = 200;
  return limits;
}

TEST(Http2Connection, PassesARequestOnAndTheAnswerBack) {
  Http2Rig rig({}, test::hello);
  rig.send(opening() + rig.ask(1, "GET", true) + rig.ask(3, "GET", true));
  int answers = 0;
  for (Frame frame; answers < 2 && rig.next(frame);) {
    if (frame.kind != kData || frame.payload.empty()) continue;
    EXPECT_EQ(frame.payload, "hello");
    ++answers;
  }
  EXPECT_EQ(answers, 2);
}

TEST(Http2Connection, EndsWhenNothingIsAsked) {
  for (const bool asks : {false, true}) {
    Http2Rig rig(short_limits(), test::hello);
    rig.send(opening() + (asks ? rig.ask(1, "GET", true) : ""));
    const auto frames = rig.until(kGoAway);
    ASSERT_FALSE(frames.empty());
    EXPECT_EQ(frames.back().kind, kGoAway);
    EXPECT_EQ(frames.back().code(), 0U);
    Frame more;
    EXPECT_FALSE(rig.next(more));
  }
}

TEST(Http2Connection, PingDoesNotKeepIt) {
  Http2Rig rig(short_limits(), test::hello);
  rig.send(opening());
  Frame frame;
  do {
    rig.send(test::frame(kPing, 0, 0, "12345678"));
  } while (rig.next(frame) && frame.kind == kPing);
  EXPECT_EQ(frame.kind, kGoAway);
}

TEST(Http2Connection, AHeadThatDoesNotEndIsNotWaitedFor) {
  Http2Rig rig(short_limits(), test::hello);
  rig.send(opening() + test::frame(kHeaders, kEndStream, 1, block({{":method", "GET"}})));
  EXPECT_EQ(rig.until(kGoAway).back().kind, kGoAway);
}

// A client that takes nothing, whatever else it asks for.
TEST(Http2Connection, AWriteThatIsStuckHasADeadline) {
  for (const bool asks_more : {false, true}) {
    ProxyLimits limits;
    limits.idle_timeout_ms = 200;
    const auto large = [](const http::Request&) {
      OriginReply reply;
      reply.response.body.assign(1u << 20, 'x');
      return reply;
    };
    Http2Rig rig(limits, large, 16 * 1024);
    const std::string window = number(16u << 20);
    rig.send(opening() + rig.ask(1, "GET", true) + test::frame(kWindow, 0, 0, window) +
             test::frame(kWindow, 0, 1, window));
    // More than that does not fit: what is read now is read while a write waits.
    while (rig.unread() < 8 * 1024) std::this_thread::yield();
    if (asks_more) rig.send(rig.ask(3, "GET", true));
    EXPECT_TRUE(rig.is_closed()) << asks_more;
  }
}

TEST(Http2Connection, AnswersItsOwnRefusals) {
  Http2Rig rig({}, test::hello);
  rig.send(opening() + request(1, "GET", true, {{"host", "b.test"}}));
  const auto frames = rig.until(kData);
  ASSERT_EQ(frames.size(), 2U);
  EXPECT_EQ(frames[0].payload[0], '\x8c');  // :status 400
  EXPECT_NE(frames[1].payload.find(":authority and Host disagree"), std::string::npos);
  EXPECT_EQ(frames[1].flags, kEndStream);
}

TEST(Http2Connection, AnotherAuthorityIs421) {
  Http2Rig rig({}, test::hello);
  rig.send(opening() + request(1, "GET", true));
  EXPECT_NE(rig.until(kData).back().payload.find("421"), std::string::npos);
}

TEST(Http2Connection, OverTheLimitOfConnectionsStreamsAreRefused) {
  ProxyLimits limits;
  limits.most_connections = 2;  // the outer one, and one inner
  std::promise<void> goes_on;
  auto gate = goes_on.get_future().share();
  Http2Rig rig(limits, [gate](const http::Request& r) {
    gate.wait();
    return test::hello(r);
  });
  rig.send(opening() + rig.ask(1, "GET", true) + rig.ask(3, "GET", true));
  const auto frames = rig.until(kReset);
  ASSERT_EQ(frames.size(), 1U);
  EXPECT_EQ(frames[0].stream, 3U);
  EXPECT_EQ(frames[0].code(), 7U);
  goes_on.set_value();
  EXPECT_EQ(rig.until(kData).back().payload, "hello");
}

TEST(Http2Connection, AStopLetsStreamsEnd) {
  std::promise<void> asked, goes_on;
  auto gate = goes_on.get_future().share();
  Http2Rig rig({}, [&asked, gate](const http::Request& r) {
    asked.set_value();
    gate.wait();
    return test::hello(r);
  });
  rig.send(opening() + rig.ask(1, "GET", true));
  asked.get_future().wait();
  rig.stop();
  EXPECT_EQ(rig.until(kGoAway).back().code(), 0U);
  goes_on.set_value();
  EXPECT_EQ(rig.until(kData).back().payload, "hello");
  Frame more;
  EXPECT_FALSE(rig.next(more));
}

TEST(Http2Connection, AClientThatLeavesEndsEverything) {
  std::promise<void> asked, goes_on;
  auto gate = goes_on.get_future().share();
  {
    Http2Rig rig({}, [&asked, gate](const http::Request& r) {
      asked.set_value();
      gate.wait();
      return test::hello(r);
    });
    rig.send(opening() + rig.ask(1, "POST", false) + test::frame(kData, 0, 1, "half"));
    rig.send(rig.ask(3, "GET", true));
    asked.get_future().wait();
    goes_on.set_value();
  }  // joins: no coroutine waits for what can not come
}

}  // namespace
}  // namespace cvr::net
