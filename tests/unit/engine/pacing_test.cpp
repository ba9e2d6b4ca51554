#include "engine/pacing.h"

namespace cvr::engine {
namespace {

Playback answered(std::string body, Framing framing, std::vector<Piece> pieces) {
  Playback playback;
  playback.head = "HTTP/1.1 200 OK\r\n";
  playback.body = std::move(body);
  playback.framing = framing;
  playback.pieces = std::move(pieces);
  playback.wait_us = 100;
  return playback;
}

std::string joined(const std::vector<Stretch>& all) {
  std::string out;
  for (const Stretch& one : all) out += one.bytes;
  return out;
}

TEST(Pacing, ABodyThatCameAtOnceComesWithItsHead) {
  const auto all = stretches(answered("hello", Framing::kLength, {}), 1, false);
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].at_us, 100);
  EXPECT_EQ(all[0].bytes, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
}

TEST(Pacing, PiecesComeWhenTheyCame) {
  const auto all = stretches(answered("hello", Framing::kLength, {{2, 0}, {2, 50}, {1, 70}}), 1, false);
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0].bytes, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe");
  EXPECT_EQ(all[1].bytes, "ll");
  EXPECT_EQ(all[1].at_us, 150);
  EXPECT_EQ(all[2].bytes, "o");
  EXPECT_EQ(all[2].at_us, 170);
}

TEST(Pacing, ChunksAreThePieces) {
  Playback playback = answered("hello", Framing::kChunked, {{2, 10}, {3, 20}});
  playback.trailers = {{"X-Sum", "17"}};
  const auto all = stretches(playback, 1, false);
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0].bytes, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
  EXPECT_EQ(all[1].bytes, "2\r\nhe\r\n");
  EXPECT_EQ(all[2].bytes, "3\r\nllo\r\n0\r\nX-Sum: 17\r\n\r\n");
}

TEST(Pacing, OldClientsGetNoChunks) {
  EXPECT_EQ(joined(stretches(answered("hello", Framing::kChunked, {{2, 10}, {3, 20}}), 0, true)),
            "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhello");
}

TEST(Pacing, ABodyThatRedactionChangedIsCutInProportion) {
  const auto all = stretches(answered("0123456789", Framing::kLength, {{50, 0}, {50, 9}}), 1, false);
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[1].bytes, "56789");
}

TEST(Pacing, OddTimesNeverGoBackAndNoByteIsLost) {
  const auto all =
      stretches(answered("0123456789", Framing::kLength, {{0, -5}, {3, 90}, {0, 80}, {9999, 10}}), 1, false);
  std::int64_t at = 0;
  for (const Stretch& one : all) {
    EXPECT_GE(one.at_us, at);
    at = one.at_us;
  }
  EXPECT_TRUE(joined(all).ends_with("\r\n\r\n0123456789"));
}

TEST(Pacing, HeadsAloneAndCutBodies) {
  Playback head = answered("", Framing::kLength, {});
  head.bodiless = true;
  EXPECT_EQ(joined(stretches(head, 1, false)), "HTTP/1.1 200 OK\r\n\r\n");
  Playback cut = answered("hel", Framing::kChunked, {{1, 0}, {2, 5}});
  cut.cut_after = 3;
  EXPECT_EQ(joined(stretches(cut, 1, false)),
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nh\r\n2\r\nel\r\n");
}

}  // namespace
}  // namespace cvr::engine
