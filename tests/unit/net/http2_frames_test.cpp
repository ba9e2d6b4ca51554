#include "net/http2_frames.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>

#include "unit/net/http2_bytes.h"

namespace cvr::net {
namespace {

using namespace test;

class Http2FramesTest : public ::testing::Test, protected Http2Events {
 protected:
  void on_request(Http2Id id, const http::Http2Block& head, bool ends) override {
    const http::Http2Request request = http::read_http2_request(head, ends);
    said_.push_back("request " + std::to_string(id) + " " + request.method + (ends ? " ends" : "") +
                    (request.status == 0 ? "" : " " + std::to_string(request.status)));
  }
  void on_body(Http2Id id, std::string_view bytes) override {
    said_.push_back("body " + std::to_string(id) + " " + std::to_string(bytes.size()));
  }
  void on_body_end(Http2Id id, http::Fields trailers) override {
    said_.push_back("end " + std::to_string(id) + (trailers.empty() ? "" : " " + trailers[0].name));
  }
  void on_answered(Http2Id id) override { said_.push_back("answered " + std::to_string(id)); }
  void on_closed(Http2Id id, Http2Code code) override {
    const auto number = static_cast<std::uint32_t>(code);
    said_.push_back("closed " + std::to_string(id) + (number == 0 ? "" : " " + std::to_string(number)));
  }
  Supply supply(Http2Id, std::span<char> into) override {
    Supply out;
    out.bytes = std::min(into.size(), body_.size());
    std::memcpy(into.data(), body_.data(), out.bytes);
    body_.erase(0, out.bytes);
    out.ended = body_.empty() && ended_;
    if (out.ended) out.trailers = trailers_;
    return out;
  }

  bool receive(std::string_view bytes, std::int64_t now_ms = 1) { return frames_.receive(bytes, now_ms); }
  // What is to be sent now, without SETTINGS and windows.
  std::vector<Frame> sent() {
    std::string bytes;
    for (std::size_t before = 1; before != bytes.size();) {
      before = bytes.size();
      std::string more;
      frames_.collect(more);
      bytes += more;
    }
    std::vector<Frame> out;
    for (Frame frame; take_frame(bytes, frame);) {
      if (frame.kind != kSettings && frame.kind != kWindow) out.push_back(frame);
    }
    EXPECT_EQ(bytes, "");
    return out;
  }
  std::uint32_t end_code() {
    const auto frames = sent();
    return frames.empty() || frames.back().kind != kGoAway ? 0xffff : frames.back().code();
  }

  using Said = std::vector<std::string>;
  Said said_;
  std::string body_;
  bool ended_ = true;
  http::Fields trailers_;
  Http2Frames frames_{*this};
};

TEST_F(Http2FramesTest, TellsRequestsInPieces) {
  const std::string bytes = opening() + request(1, "GET", true) + request(3, "POST", false) +
                            frame(kData, 0, 3, "abc") + frame(kData, kEndStream, 3, "d");
  for (const char c : bytes) ASSERT_TRUE(receive({&c, 1}));
  EXPECT_EQ(std::count_if(said_.begin(), said_.end(), [](const auto& s) { return s == "body 3 1"; }), 4);
  EXPECT_EQ(said_.front(), "request 1 GET ends");
  EXPECT_EQ(said_.back(), "end 3");
}

TEST_F(Http2FramesTest, AnswersWithABodyAndTrailers) {
  ASSERT_TRUE(receive(opening() + request(1, "GET", true)));
  trailers_ = {{"x", "y"}};
  body_ = "hello";
  frames_.interim(1, {{":status", "103"}});
  frames_.respond(1, {{":status", "200"}}, true);
  const auto frames = sent();
  ASSERT_EQ(frames.size(), 4U);
  EXPECT_EQ(frames[0].flags, kEndHeaders);
  EXPECT_EQ(frames[1].flags, kEndHeaders);
  EXPECT_EQ(frames[2].payload, "hello");
  EXPECT_EQ(frames[2].flags, 0);
  EXPECT_EQ(frames[3].kind, kHeaders);
  EXPECT_EQ(frames[3].flags, kEndHeaders | kEndStream);
  EXPECT_EQ(said_, (Said{"request 1 GET ends", "answered 1", "closed 1"}));
}

TEST_F(Http2FramesTest, WaitsForMoreOfABody) {
  ASSERT_TRUE(receive(opening() + request(1, "GET", true)));
  ended_ = false;
  frames_.respond(1, {{":status", "200"}}, true);
  EXPECT_EQ(sent().size(), 1U);
  body_ = "more";
  frames_.resume(1);
  EXPECT_EQ(sent().at(0).payload, "more");
  ended_ = true;
  frames_.resume(1);
  EXPECT_EQ(sent().at(0).flags, kEndStream);
}

TEST_F(Http2FramesTest, SendsNoMoreThanTheWindow) {
  ASSERT_TRUE(receive(opening() + request(1, "GET", true)));
  body_.assign(100'000, 'x');
  frames_.respond(1, {{":status", "200"}}, true);
  std::size_t got = 0;
  for (const Frame& frame : sent()) got += frame.kind == kData ? frame.payload.size() : 0;
  EXPECT_EQ(got, 65'535U);
  ASSERT_TRUE(receive(frame(kWindow, 0, 0, number(50'000)) + frame(kWindow, 0, 1, number(50'000))));
  for (const Frame& frame : sent()) got += frame.payload.size();
  EXPECT_EQ(got, 100'000U);
  EXPECT_EQ(said_.back(), "closed 1");
}

TEST_F(Http2FramesTest, ABodyCountsUntilItIsConsumed) {
  ASSERT_TRUE(receive(opening() + request(1, "POST", false)));
  const std::string piece = frame(kData, 0, 1, std::string(16'383, 'x'));
  for (int i = 0; i < 4; ++i) ASSERT_TRUE(receive(piece));
  std::string bytes;
  frames_.collect(bytes);
  frames_.consumed(1, 4 * 16'383);
  bytes.clear();
  frames_.collect(bytes);
  Frame window;
  ASSERT_TRUE(take_frame(bytes, window));
  EXPECT_EQ(window.kind, kWindow);
  EXPECT_EQ(window.stream, 1U);
  EXPECT_EQ(window.number_at(0), 4U * 16'383);
  for (int i = 0; i < 4; ++i) ASSERT_TRUE(receive(piece));
  receive(piece);  // nobody has taken these
  const auto frames = sent();
  ASSERT_FALSE(frames.empty());
  EXPECT_EQ(frames.back().code(), 3U);  // FLOW_CONTROL_ERROR
}

TEST_F(Http2FramesTest, AFieldThatIsNotAllowedIsNotPassedOver) {
  ASSERT_TRUE(
      receive(opening() + request(1, "GET", true, {{"x", "a\r\nb: c"}}) + request(3, "GET", true, {{"x ", "a"}})));
  EXPECT_EQ(said_, (Said{"request 1  ends 400", "request 3  ends 400"}));
}

TEST_F(Http2FramesTest, MalformedStreamsAreReset) {
  for (const std::string& bad :
       {request(1, "GET", true, {{"connection", "close"}}), request(3, "GET", true, {{"X", "a"}}),
        request(5, "GET", true, {{":path", "/"}}),
        request(7, "POST", false, {{"content-length", "3"}}) + frame(kData, kEndStream, 7, "four"),
        request(9, "POST", false) + frame(kHeaders, kEndHeaders | kEndStream, 9, block({{"content-length", "4"}}))}) {
    ASSERT_TRUE(receive(said_.empty() && bad[8] == 1 ? opening() + bad : bad));
    const auto frames = sent();
    ASSERT_FALSE(frames.empty());
    EXPECT_EQ(frames.back().kind, kReset);
    EXPECT_EQ(frames.back().code(), 1U);
  }
  ASSERT_TRUE(receive(request(11, "GET", true)));
  EXPECT_EQ(said_.back(), "request 11 GET ends");
}

TEST_F(Http2FramesTest, TrailersAreTold) {
  ASSERT_TRUE(receive(opening() + request(1, "POST", false) + frame(kData, 0, 1, "a") +
                      frame(kHeaders, kEndHeaders | kEndStream, 1, block({{"x-sum", "1"}}))));
  EXPECT_EQ(said_.back(), "end 1 x-sum");
}

TEST_F(Http2FramesTest, RapidResetEndsTheConnection) {
  ASSERT_TRUE(receive(opening()));
  int id = 1;
  const auto begun_in_vain = [&](std::int64_t now_ms) {
    const bool goes_on = receive(request(id, "GET", true) + frame(kReset, 0, id, number(8)), now_ms);
    id += 2;
    return goes_on;
  };
  for (int i = 0; i < 200; ++i) ASSERT_TRUE(begun_in_vain(1)) << i;
  EXPECT_TRUE(begun_in_vain(101));  // two of them are forgiven by now
  EXPECT_TRUE(begun_in_vain(101));
  EXPECT_FALSE(begun_in_vain(102));
  EXPECT_EQ(end_code(), 11U);
  EXPECT_STREQ(frames_.problem(), "too many streams begun in vain");
}

TEST_F(Http2FramesTest, WhatIsResetWithoutAnErrorIsInVainToo) {
  ASSERT_TRUE(receive(opening()));
  int id = 1;
  while (id < 2000 && receive(request(id, "GET", true) + frame(kReset, 0, id, number(0)))) id += 2;
  EXPECT_EQ(id / 2, 200);
  EXPECT_EQ(end_code(), 11U);
}

TEST_F(Http2FramesTest, AClientMayLeaveInTheMiddleOfAnAnswer) {
  ASSERT_TRUE(receive(opening()));
  for (int id = 1; id < 5000; id += 2) {
    ASSERT_TRUE(receive(request(id, "GET", true)));
    ended_ = false;
    frames_.respond(id, {{":status", "200"}}, true);
    ASSERT_EQ(sent().size(), 1U);
    ASSERT_TRUE(receive(frame(kReset, 0, id, number(8)))) << id;
  }
}

TEST_F(Http2FramesTest, WhatThisSideEndsIsNotTheClients) {
  ASSERT_TRUE(receive(opening()));
  for (int id = 1; id < 2000; id += 2) {
    ASSERT_TRUE(receive(request(id, "GET", true)));
    frames_.reset(id, id % 4 == 1 ? Http2Code::kRefused : Http2Code::kInternal);
    ASSERT_EQ(sent().size(), 1U);
  }
}

TEST_F(Http2FramesTest, StreamsThatTheClientHasResetByItsFaultsCountToo) {
  ASSERT_TRUE(receive(opening()));
  bool goes_on = true;
  int id = 1;
  for (; goes_on && id < 2000; id += 2) {
    goes_on = receive(request(id, "GET", true, {{"connection", "close"}}));
    if (goes_on) sent();
  }
  EXPECT_EQ(id / 2, 202);
  EXPECT_EQ(end_code(), 11U);
}

TEST_F(Http2FramesTest, FramesThatMoveNothingEndTheConnection) {
  constexpr auto kUnknown = static_cast<Kind>(0xfa);
  for (const std::string& vain :
       {frame(kUnknown, 0, 0), frame(kUnknown, 0, 1, "abc"), frame(kPriority, 0, 3, std::string("\0\0\0\0\x10", 5)),
        frame(kData, 0, 1), frame(kData, 8, 1, std::string("\2\0\0", 3)), frame(kWindow, 0, 0, number(1)),
        frame(kWindow, 0, 1, number(1)), frame(kReset, 0, 1, number(0))}) {
    Http2Frames frames(*this);
    ASSERT_TRUE(frames.receive(opening() + request(1, "POST", false), 1));
    int count = 0;
    while (count < 1000 && frames.receive(vain, 1)) ++count;
    EXPECT_NEAR(count, 204, 2) << static_cast<int>(vain[3]) << ' ' << vain.size();
    EXPECT_STREQ(frames.problem(), "too many frames that move nothing");
  }
}

TEST_F(Http2FramesTest, WindowsOfAClientThatTakesMayCome) {
  ASSERT_TRUE(receive(opening() + request(1, "GET", true)));
  body_.assign(1u << 20, 'x');
  frames_.respond(1, {{":status", "200"}}, true);
  std::size_t got = 0;
  while (said_.back() != "closed 1") {
    for (const Frame& one : sent()) {
      got += one.payload.size();
      for (std::size_t left = one.payload.size(); left > 0 && one.kind == kData;) {
        const std::size_t step = std::min<std::size_t>(left, 1024);
        const std::string more = number(static_cast<std::uint32_t>(step));
        ASSERT_TRUE(receive(frame(kWindow, 0, 0, more) + frame(kWindow, 0, 1, more)));
        left -= step;
      }
    }
  }
  EXPECT_GE(got, 1u << 20);
}

TEST_F(Http2FramesTest, PingsThatAreNotReadEndTheConnection) {
  ASSERT_TRUE(receive(opening()));
  sent();
  bool goes_on = true;
  int count = 0;
  for (; goes_on && count < 10'000; ++count) goes_on = receive(frame(kPing, 0, 0, "12345678"));
  EXPECT_LE(count, 200);
  EXPECT_EQ(end_code(), 11U);
}

TEST_F(Http2FramesTest, PingsThatAreReadMayCome) {
  ASSERT_TRUE(receive(opening()));
  for (int i = 0; i < 10'000; ++i) {
    ASSERT_TRUE(receive(frame(kPing, 0, 0, "12345678")));
    sent();
  }
}

TEST_F(Http2FramesTest, AHeadThatUnpacksToMuchIsNotDecodedOn) {
  // One entry of the table, again and again.
  const std::string entry = std::string("\x40\x01x\x7f\x81\x1e") + std::string(4000, 'v');
  std::string head =
      block({{":method", "GET"}, {":scheme", "https"}, {":authority", "a.test"}, {":path", "/"}}) + entry;
  head.append(12'000, '\xbe');
  EXPECT_FALSE(receive(opening() + frame(kHeaders, kEndHeaders, 1, head)));
  EXPECT_EQ(end_code(), 11U);
  EXPECT_STREQ(frames_.problem(), "a head of many times the limit");
}

TEST_F(Http2FramesTest, WhatIsNotHttp2EndsTheConnection) {
  EXPECT_FALSE(receive("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
  EXPECT_EQ(end_code(), 1U);
}

TEST_F(Http2FramesTest, GoesAwayBehindWhatRuns) {
  ASSERT_TRUE(receive(opening() + request(1, "GET", true)));
  frames_.go_away();
  EXPECT_EQ(end_code(), 0U);
  ASSERT_TRUE(receive(request(3, "GET", true)));
  EXPECT_EQ(said_.back(), "request 1 GET ends");
  EXPECT_FALSE(frames_.is_over());
  frames_.respond(1, {{":status", "204"}}, false);
  EXPECT_EQ(sent().at(0).flags, kEndHeaders | kEndStream);
  EXPECT_TRUE(frames_.is_over());
}

}  // namespace
}  // namespace cvr::net
