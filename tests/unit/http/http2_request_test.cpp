#include "http/http2_request.h"

#include <gtest/gtest.h>

namespace cvr::http {
namespace {

const Fields kHead{{":method", "GET"}, {":scheme", "https"}, {":authority", "a.test"}, {":path", "/x?y"}};

Http2Block block_of(const Fields& fields) {
  Http2Block block;
  for (const Field& field : fields) block.add(field.name, field.value);
  return block;
}

Http2Request read(Fields more, bool ends = true, Fields head = kHead) {
  for (Field& field : more) head.push_back(std::move(field));
  return read_http2_request(block_of(head), ends);
}

Fields with_method(const char* method) {
  Fields head = kHead;
  head[0].value = method;
  return head;
}

TEST(Http2Request, BecomesAnHttp11Head) {
  const Http2Request request = read({{"accept", "*/*"}, {"te", "trailers"}});
  EXPECT_EQ(request.head, "GET /x?y HTTP/1.1\r\nhost: a.test\r\naccept: */*\r\n\r\n");
  EXPECT_EQ(request.framing, Framing::kNone);
  EXPECT_EQ(request.status, 0);
}

TEST(Http2Request, TakesHostWhereAuthorityIsNotSent) {
  Fields head = kHead;
  head.erase(head.begin() + 2);
  EXPECT_EQ(read({{"host", "a.test"}}, true, head).head, "GET /x?y HTTP/1.1\r\nhost: a.test\r\n\r\n");
  for (const char* same : {"A.test", "a.test:443"}) {
    EXPECT_EQ(read({{"host", same}}).head, "GET /x?y HTTP/1.1\r\nhost: a.test\r\n\r\n") << same;
  }
  for (const char* other : {"b.test", "a.test:8443", "a.test:4430"}) EXPECT_EQ(read({{"host", other}}).status, 400);
  head = kHead;
  head[1].value = "HTTPS";
  EXPECT_EQ(read({{"te", "Trailers"}}, true, head).status, 0);
}

TEST(Http2Request, JoinsCookies) {
  const Http2Request request = read({{"cookie", "a=1"}, {"b", "c"}, {"cookie", "d=2"}});
  EXPECT_EQ(request.head, "GET /x?y HTTP/1.1\r\nhost: a.test\r\ncookie: a=1; d=2\r\nb: c\r\n\r\n");
}

TEST(Http2Request, FramesTheBody) {
  EXPECT_NE(read({}, false, with_method("POST")).head.find("\r\ntransfer-encoding: chunked\r\n"), std::string::npos);
  const Http2Request sized = read({{"content-length", "5"}}, false, with_method("POST"));
  EXPECT_EQ(sized.framing, Framing::kLength);
  EXPECT_EQ(sized.head.find("transfer-encoding"), std::string::npos);
  EXPECT_NE(read({}, true, with_method("PUT")).head.find("\r\ncontent-length: 0\r\n"), std::string::npos);
  EXPECT_EQ(read({{"content-length", "0"}}, true, with_method("POST")).head.find("content-length: 0\r\n"),
            read({}, true, with_method("POST")).head.find("content-length: 0\r\n"));
}

// Whatever is let through is one head of one request for the gate too, with just these fields.
TEST(Http2Request, IsOneHeadForTheGate) {
  const std::string bytes = read({{"a", ""}, {"b", "c: d"}, {"x-\xc3", "e"}}).head;
  EXPECT_EQ(bytes, "");  // the name is refused
  const std::string good = read({{"a", ""}, {"b", "c: d \xe4"}}).head;
  RequestHead head;
  std::size_t scanned = 0;
  const HeadResult result = parse_request_head(good, scanned, HeadLimits{}, head);
  ASSERT_EQ(result.kind, HeadResult::Kind::kDone);
  EXPECT_EQ(result.consumed, good.size());
  EXPECT_EQ(head.fields.size(), 3U);
  EXPECT_EQ(head.fields[2].value, "c: d \xe4");
}

TEST(Http2Request, RefusesFields) {
  using namespace std::string_literals;
  const Fields bad[] = {{{"X-Upper", "a"}},
                        {{"", "a"}},
                        {{"a b", "c"}},
                        {{"a\r\nb", "c"}},
                        {{"a:", "c"}},
                        {{"x", "a\r\nb: c"}},
                        {{"x", "a\nb"}},
                        {{"x", "a\rb"}},
                        {{"x", "a\0b"s}},
                        {{"x", "a\x7f"}},
                        {{"x", " a"}},
                        {{"x", "a\t"}},
                        {{"connection", "close"}},
                        {{"keep-alive", "5"}},
                        {{"proxy-connection", "x"}},
                        {{"transfer-encoding", "chunked"}},
                        {{"upgrade", "h2c"}},
                        {{"http2-settings", "a"}},
                        {{"te", "gzip"}},
                        {{"te", "trailers, deflate"}},
                        {{"host", "b.test"}},
                        {{"host", "a.test"}, {"host", "a.test"}},
                        {{"content-length", "5"}},
                        {{"content-length", "-0"}},
                        {{"content-length", ""}},
                        {{"content-length", "00000000000000000000"}},
                        {{"content-length", "0"}, {"content-length", "0"}},
                        {{":path", "/"}},
                        {{":status", "200"}},
                        {{":", ""}},
                        {{"a", "b"}, {":protocol", "websocket"}}};
  for (const Fields& fields : bad) {
    const Http2Request request = read(fields);
    EXPECT_EQ(request.status, 400) << fields[0].name;
    EXPECT_EQ(request.head, "") << fields[0].name;
    EXPECT_NE(std::string(request.why), "") << fields[0].name;
  }
}

TEST(Http2Request, RefusesWhatIsNotOneTarget) {
  for (const auto& [name, value] : Fields{{":method", ""},
                                          {":method", "CONNECT"},
                                          {":method", "GET /a HTTP/1.1\r\n"},
                                          {":scheme", "http"},
                                          {":scheme", ""},
                                          {":authority", ""},
                                          {":authority", "a b"},
                                          {":authority", "a\r\nx: y"},
                                          {":path", ""},
                                          {":path", "x"},
                                          {":path", "*"},
                                          {":path", "https://b.test/"},
                                          {":path", "/a b"},
                                          {":path", "/\r\n"},
                                          {":path", "/\xc3\xa4"}}) {
    Fields head = kHead;
    for (Field& field : head) {
      if (field.name == name) field.value = value;
    }
    EXPECT_EQ(read({}, true, head).status, 400) << name << ' ' << value;
  }
  for (std::size_t missing = 0; missing < kHead.size(); ++missing) {
    Fields head = kHead;
    head.erase(head.begin() + static_cast<std::ptrdiff_t>(missing));
    EXPECT_EQ(read({}, true, head).status, 400) << missing;
  }
  Fields options = with_method("OPTIONS");
  options[3].value = "*";
  EXPECT_EQ(read({}, true, options).status, 0);
}

TEST(Http2Request, HasTheLimitsOfTheGate) {
  Fields head = kHead;
  head[3].value = "/" + std::string(16 * 1024, 'a');
  EXPECT_EQ(read({}, true, head).status, 414);
  EXPECT_EQ(read({{"x", std::string(64 * 1024, 'a')}}).status, 431);
  EXPECT_EQ(read(Fields(253, {"x", "y"})).status, 431);
  EXPECT_EQ(read(Fields(252, {"x", "y"})).status, 0);
}

TEST(Http2Block, SaysWhenDecodingOnIsWorthNothing) {
  Http2Block block;
  const std::string value(16 * 1024, 'v');
  int taken = 0;
  while (block.add("x", value)) ++taken;
  EXPECT_EQ(taken, 15);  // four times the limit, with the names
  EXPECT_TRUE(block.is_too_large());
  EXPECT_TRUE(block.fields().empty());  // not kept
  block.clear();
  EXPECT_FALSE(block.is_too_large());
  taken = 0;
  while (block.add("", "")) ++taken;
  EXPECT_EQ(taken, 4 * 256);
}

TEST(Http2Block, AFieldThatTheFramesFoundMalformedSpoilsTheHead) {
  Http2Block block = block_of(kHead);
  block.set_malformed();
  EXPECT_EQ(read_http2_request(block, true).status, 400);
  EXPECT_FALSE(read_http2_trailers(block));
}

TEST(Http2Trailers, AreFieldsWithoutFraming) {
  EXPECT_EQ(read_http2_trailers(block_of({{"x", "y"}})), (Fields{{"x", "y"}}));
  for (const Field& bad : Fields{{"content-length", "5"},
                                 {"content_length", "5"},
                                 {"host", "a"},
                                 {"transfer-encoding", "chunked"},
                                 {"connection", "x"},
                                 {":path", "/"},
                                 {"X", "y"},
                                 {"x", "y\r\nz: a"}}) {
    EXPECT_FALSE(read_http2_trailers(block_of({bad}))) << bad.name;
  }
}

}  // namespace
}  // namespace cvr::http
