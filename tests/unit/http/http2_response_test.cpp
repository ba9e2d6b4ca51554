#include "http/http2_response.h"

#include <gtest/gtest.h>

namespace cvr::http {
namespace {

TEST(Http2Response, HasTheStatusAndWhatDoesNotBelongToAConnection) {
  const std::string bytes =
      "HTTP/1.1 201 Made\r\nContent-Type: Text/Plain\r\nConnection: X-Own, close\r\nX-Own: 1\r\nKeep-Alive: 5\r\n"
      "Proxy-Connection: a\r\nUpgrade: h2c\r\nTransfer-Encoding: chunked\r\nSet-Cookie: a\r\nset-cookie: b\r\n\r\n";
  ResponseHead head;
  std::size_t scanned = 0;
  ASSERT_EQ(parse_response_head(bytes, scanned, HeadLimits{}, "GET", head).kind, HeadResult::Kind::kDone);
  EXPECT_EQ(http2_response(head),
            (Fields{{":status", "201"}, {"content-type", "Text/Plain"}, {"set-cookie", "a"}, {"set-cookie", "b"}}));
}

TEST(Http2Response, KeepsTheLength) {
  const std::string bytes = "HTTP/1.1 200 OK\r\nContent-Length: 42\r\n\r\n";
  ResponseHead head;
  std::size_t scanned = 0;
  ASSERT_EQ(parse_response_head(bytes, scanned, HeadLimits{}, "HEAD", head).kind, HeadResult::Kind::kDone);
  EXPECT_EQ(http2_response(head), (Fields{{":status", "200"}, {"content-length", "42"}}));
  Response own;
  own.status = 400;
  own.body = "why";
  EXPECT_EQ(http2_response(own), (Fields{{":status", "400"}, {"content-length", "3"}}));
}

TEST(Http2Response, TrailersAreInLowerCase) {
  EXPECT_EQ(http2_trailers({{"X-Sum", "A"}, {"Connection", "a"}}), (Fields{{"x-sum", "A"}}));
}

}  // namespace
}  // namespace cvr::http
