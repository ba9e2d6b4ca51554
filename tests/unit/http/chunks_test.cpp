#include "http/chunks.h"

#include "feeding.h"
#include "hostile_chunks.h"
#include "support/random.h"

namespace cvr::http {
namespace {

using test::Body;
using test::decode_chunks;
using Kind = ChunkDecoder::Kind;

TEST(Chunks, RefusesHostileBodiesWholeAndByteByByte) {
  for (const std::string& bytes : test::hostile_chunked_bodies()) {
    const std::string name = bytes.substr(0, 120);
    const Body whole = decode_chunks(bytes, bytes.size());
    EXPECT_EQ(whole.kind, Kind::kRefused) << name;
    EXPECT_NE(whole.why, "");
    const Body split = decode_chunks(bytes, 1);
    EXPECT_EQ(split.kind, Kind::kRefused) << name;
    EXPECT_EQ(split.data, whole.data) << name;
  }
}

TEST(Chunks, AcceptsOddButLegalBodies) {
  for (const auto& legal : test::legal_chunked_bodies()) {
    const std::string pipelined = legal.bytes + "GET / HTTP/1.1\r\n";
    for (const std::size_t piece : {pipelined.size(), std::size_t{1}, std::size_t{2}, std::size_t{3}, std::size_t{7}}) {
      const Body body = decode_chunks(pipelined, piece);
      ASSERT_EQ(body.kind, Kind::kDone) << legal.bytes << '\n' << body.why;
      EXPECT_EQ(body.data, legal.data) << legal.bytes;
      EXPECT_EQ(body.consumed, legal.bytes.size()) << legal.bytes;
    }
  }
}

TEST(Chunks, TrailersStandApart) {
  const Body body = decode_chunks("1\r\na\r\n0\r\nX-Sum: abc\r\nx-sum:  def\t\r\nY:\r\n\r\n", 1);
  ASSERT_EQ(body.kind, Kind::kDone);
  EXPECT_EQ(body.data, "a");
  EXPECT_EQ(body.trailers, (Fields{{"X-Sum", "abc"}, {"x-sum", "def"}, {"Y", ""}}));
}

TEST(Chunks, WaitsForTheRest) {
  const std::string bytes = "5;a=b\r\nhello\r\n0\r\nX: y\r\n\r\n";
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_EQ(decode_chunks(bytes.substr(0, size), 100).kind, Kind::kNeedMore) << size;
  }
}

TEST(Chunks, RefusesBeforeALineIsWhole) {
  for (const char* beginning :
       {"x", "-", " ", "\n", "\r", ";", "5\x01", "5;a\x7f", "5\rx", "5;a\rb", "1\r\na!", "1\r\na\n", "0\r\nA\n"}) {
    EXPECT_EQ(decode_chunks(beginning, 100).kind, Kind::kRefused) << beginning;
    EXPECT_EQ(decode_chunks(beginning, 1).kind, Kind::kRefused) << beginning;
  }
}

TEST(Chunks, DataIsPassedOnAsItArrives) {
  ChunkDecoder decoder;
  EXPECT_EQ(decoder.step("5\r\nhe").data, "he");
  EXPECT_EQ(decoder.step("").kind, Kind::kNeedMore);
  EXPECT_EQ(decoder.step("l").data, "l");
  const auto last = decoder.step("lo\r\n");
  EXPECT_EQ(last.data, "lo");
  EXPECT_EQ(last.consumed, 2u);
}

TEST(Chunks, NothingIsReadBehindTheEnd) {
  ChunkDecoder decoder;
  EXPECT_EQ(decoder.step("0\r\n\r\n5\r\nhello").consumed, 5u);
  const auto again = decoder.step("5\r\nhello\r\n");
  EXPECT_EQ(again.kind, Kind::kDone);
  EXPECT_EQ(again.consumed, 0u);
}

TEST(Chunks, TheLargestSizeIsBounded) {
  ChunkDecoder decoder;
  const auto step = decoder.step("7fffffffffffffff\r\nabc");
  EXPECT_EQ(step.kind, Kind::kData);
  EXPECT_EQ(step.data, "abc");
}

// Old bytes of an unfinished line must not be looked at again: here they are replaced by bytes that
// would be refused.
TEST(Chunks, DoesNotScanTwice) {
  ChunkDecoder sizes;
  std::string line = "5;";
  ASSERT_EQ(sizes.step(line).kind, Kind::kNeedMore);
  for (int i = 0; i < 4000; ++i) {
    line += 'a';
    if (i > 8) line[line.size() - 5] = '\x01';
    ASSERT_EQ(sizes.step(line).kind, Kind::kNeedMore) << i;
  }
  ChunkDecoder ends;
  ASSERT_EQ(ends.step("0\r\n").consumed, 3u);
  std::string trailers = "A:";
  for (int i = 0; i < 60'000; ++i) {
    trailers += 'b';
    if (i > 8) trailers[trailers.size() - 5] = '\x01';
    ASSERT_EQ(ends.step(trailers).kind, Kind::kNeedMore) << i;
  }
}

TEST(Chunks, ACopyLooksAheadWithoutHarm) {
  const std::string bytes = "1\r\na\r\n0\r\nX: y\r\n\r\n";
  ChunkDecoder decoder;
  const auto data = decoder.step(bytes);
  for (std::size_t size = data.consumed; size < bytes.size(); ++size) {
    ChunkDecoder ahead = decoder;
    EXPECT_EQ(ahead.step(std::string_view(bytes).substr(data.consumed, size - data.consumed)).kind, Kind::kNeedMore);
  }
  EXPECT_EQ(decoder.step(std::string_view(bytes).substr(data.consumed)).kind, Kind::kDone);
}

TEST(Chunks, WhatIsWrittenReadsBack) {
  for (int round = 0; round < 200; ++round) {
    std::string bytes;
    std::string data;
    const int chunks = static_cast<int>(cvr::test::rng()() % 6);
    for (int i = 0; i < chunks; ++i) {
      const std::string part = cvr::test::random_text(cvr::test::rng()() % 600, std::string_view("ab\r\n\0;0", 7));
      append_chunk(bytes, part);
      data += part;
    }
    const Fields trailers = round % 2 == 0 ? Fields{} : Fields{{"X", "y"}, {"X", ""}};
    append_last_chunk(bytes, trailers);
    const Body body = decode_chunks(bytes, 1 + cvr::test::rng()() % 50);
    ASSERT_EQ(body.kind, Kind::kDone) << body.why;
    ASSERT_EQ(body.data, data);
    ASSERT_EQ(body.trailers, trailers);
    ASSERT_EQ(body.consumed, bytes.size());
  }
}

TEST(Chunks, Writes) {
  std::string out;
  append_chunk(out, "");
  EXPECT_EQ(out, "") << "an empty chunk would end the body";
  append_chunk(out, "hello");
  append_chunk(out, std::string(0x1a2b, 'x'));
  EXPECT_TRUE(out.starts_with("5\r\nhello\r\n1a2b\r\nxxx"));
  out.clear();
  append_last_chunk(out, {});
  EXPECT_EQ(out, "0\r\n\r\n");
  out.clear();
  append_last_chunk(out, {{"A", "b"}, {"C", ""}});
  EXPECT_EQ(out, "0\r\nA: b\r\nC: \r\n\r\n");
}

}  // namespace
}  // namespace cvr::http
