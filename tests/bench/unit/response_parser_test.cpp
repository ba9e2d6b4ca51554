#include "load/response_parser.h"

namespace cvr::load {
namespace {

using State = ResponseParser::State;

struct Outcome {
  State state;
  int status;
  std::uint64_t body_bytes;
  bool keeps_alive;
  std::size_t used;
  bool operator==(const Outcome&) const = default;
};

void PrintTo(const Outcome& o, std::ostream* out) {
  *out << "state " << int(o.state) << " status " << o.status << " body " << o.body_bytes << " alive " << o.keeps_alive
       << " used " << o.used;
}

Outcome read(const std::string& bytes, std::size_t piece, bool head_request = false) {
  ResponseParser parser;
  parser.start(head_request);
  std::size_t used = 0;
  while (used < bytes.size() && parser.state() == State::kReading) {
    const std::size_t size = std::min(piece, bytes.size() - used);
    used += parser.feed(std::string_view(bytes).substr(used, size));
  }
  return {parser.state(), parser.status(), parser.body_bytes(), parser.keeps_alive(), used};
}

// The same outcome however the bytes are cut.
void expect(const std::string& bytes, const Outcome& wanted, bool head_request = false) {
  for (std::size_t piece = 1; piece <= bytes.size(); ++piece) {
    EXPECT_EQ(read(bytes, piece, head_request), wanted) << bytes << "\nin pieces of " << piece;
  }
}

TEST(ResponseParser, Length) {
  const std::string bytes = "HTTP/1.1 200 OK\r\nServer: x\r\nContent-Length: 5\r\n\r\nhello";
  expect(bytes, {State::kDone, 200, 5, true, bytes.size()});
  expect(bytes + "HTTP/1.1 ", {State::kDone, 200, 5, true, bytes.size()});
}

TEST(ResponseParser, NoBody) {
  for (const std::string status : {"204 No Content", "304 Not Modified"}) {
    const std::string bytes = "HTTP/1.1 " + status + "\r\nContent-Length: 9\r\n\r\n";
    expect(bytes, {State::kDone, std::stoi(status), 0, true, bytes.size()});
  }
  const std::string empty = "HTTP/1.1 404 Not Found\r\ncontent-length:0\r\n\r\n";
  expect(empty, {State::kDone, 404, 0, true, empty.size()});
  const std::string head = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n";
  expect(head, {State::kDone, 200, 0, true, head.size()}, true);
}

TEST(ResponseParser, ChunksExtensionsAndTrailers) {
  const std::string bytes =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n5\r\nhello\r\n00a;name=\"x\"\r\n0123456789\r\n0\r\nT: "
      "v\r\n\r\n";
  expect(bytes, {State::kDone, 200, 15, true, bytes.size()});
}

TEST(ResponseParser, InterimResponsesArePassedOver) {
  const std::string bytes =
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
      "HTTP/1.1 201 Created\r\nContent-Length: 1\r\n\r\nx";
  expect(bytes, {State::kDone, 201, 1, true, bytes.size()});
}

TEST(ResponseParser, ConnectionFieldAndVersionDecideAboutReuse) {
  EXPECT_FALSE(read("HTTP/1.1 200 OK\r\nConnection: Close\r\nContent-Length: 0\r\n\r\n", 999).keeps_alive);
  EXPECT_FALSE(read("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n", 999).keeps_alive);
  EXPECT_TRUE(read("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n", 999).keeps_alive);
}

TEST(ResponseParser, BodyUntilTheEnd) {
  ResponseParser parser;
  parser.start(false);
  parser.feed("HTTP/1.1 200 OK\r\n\r\nabc");
  EXPECT_EQ(parser.state(), State::kReading);
  parser.end();
  EXPECT_EQ(parser.state(), State::kDone);
  EXPECT_EQ(parser.body_bytes(), 3u);
  EXPECT_FALSE(parser.keeps_alive());
}

TEST(ResponseParser, AnEndInTheMiddleIsBad) {
  for (const char* bytes : {"", "HTTP/1.1 200", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell",
                            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"}) {
    ResponseParser parser;
    parser.start(false);
    parser.feed(bytes);
    parser.end();
    EXPECT_EQ(parser.state(), State::kBad) << bytes;
  }
}

TEST(ResponseParser, WhatCannotBeFollowedIsBad) {
  for (const std::string bytes : {
           "HTTP/2 200 OK\r\n\r\n",
           "HTTP/1.1 2x0 OK\r\n\r\n",
           "HTTP/1.1 099 OK\r\n\r\n",
           "SSH-2.0-x\r\n\r\n",
           "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
           "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
           "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
           "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
           "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
           "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n",
       }) {
    for (std::size_t piece : {std::size_t{1}, bytes.size()}) EXPECT_EQ(read(bytes, piece).state, State::kBad) << bytes;
  }
}

TEST(ResponseParser, HeadsAndLinesAreBounded) {
  EXPECT_EQ(read("HTTP/1.1 200 OK\r\nX: " + std::string(1 << 20, 'x'), 1000).state, State::kBad);
  const std::string chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;";
  EXPECT_EQ(read(chunked + std::string(1 << 20, 'x'), 1000).state, State::kBad);
}

TEST(ResponseParser, StartsAnew) {
  ResponseParser parser;
  parser.start(false);
  parser.feed("HTTP/1.1 500 Broken\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhe");
  parser.start(false);
  parser.feed("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
  EXPECT_EQ(parser.state(), State::kDone);
  EXPECT_EQ(parser.status(), 200);
  EXPECT_EQ(parser.body_bytes(), 2u);
  EXPECT_TRUE(parser.keeps_alive());
}

}  // namespace
}  // namespace cvr::load
