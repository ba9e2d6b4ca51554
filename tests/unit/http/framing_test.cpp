#include "http/framing.h"

#include "feeding.h"
#include "hostile_heads.h"

namespace cvr::http {
namespace {

using test::Kind;
using test::request_whole;
using test::request_with;
using test::response_whole;

struct Framed {
  bool accepted = false;
  Framing framing = Framing::kNone;
  std::uint64_t length = 0;
  bool keep_alive = false;
};

Framed request(const std::string& bytes) {
  RequestHead head;
  if (request_whole(bytes, &head).kind != Kind::kDone) return {};
  return {true, head.framing, head.content_length, head.keep_alive};
}

Framed response(const std::string& bytes, std::string_view method = "GET") {
  ResponseHead head;
  if (response_whole(bytes, method, &head).kind != Kind::kDone) return {};
  return {true, head.framing, head.content_length, head.keep_alive};
}

void expect_framed(const Framed& framed, Framing framing, std::uint64_t length) {
  EXPECT_TRUE(framed.accepted);
  EXPECT_EQ(framed.framing, framing);
  EXPECT_EQ(framed.length, length);
}

TEST(Framing, OfRequests) {
  expect_framed(request(request_with("")), Framing::kNone, 0);
  expect_framed(request(request_with("Content-Length: 0\r\n")), Framing::kLength, 0);
  expect_framed(request(request_with("Content-Length: 007\r\n")), Framing::kLength, 7);
  expect_framed(request(request_with("Content-Length: 9223372036854775807\r\n")), Framing::kLength, INT64_MAX);
  expect_framed(request(request_with("Transfer-Encoding: cHuNkEd\r\n")), Framing::kChunked, 0);
  expect_framed(request("POST / HTTP/1.0\r\nContent-Length: 5\r\n\r\n"), Framing::kLength, 5);
}

TEST(Framing, OfResponses) {
  expect_framed(response("HTTP/1.1 200 OK\r\n\r\n"), Framing::kUntilClose, 0);
  expect_framed(response("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n\r\n"), Framing::kUntilClose, 0);
  expect_framed(response("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"), Framing::kLength, 0);
  expect_framed(response("HTTP/1.1 500 X\r\nContent-Length: 5\r\n\r\n"), Framing::kLength, 5);
  expect_framed(response("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"), Framing::kChunked, 0);
  expect_framed(response("HTTP/1.1 205 X\r\nContent-Length: 0\r\n\r\n"), Framing::kLength, 0);
}

// RFC 9112 section 6.3: no body, whatever the fields say; what they say is kept as evidence.
TEST(Framing, ResponsesWithoutABody) {
  expect_framed(response("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", "HEAD"), Framing::kNone, 5);
  expect_framed(response("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "HEAD"), Framing::kNone, 0);
  expect_framed(response("HTTP/1.1 200 OK\r\n\r\n", "HEAD"), Framing::kNone, 0);
  expect_framed(response("HTTP/1.1 304 X\r\nContent-Length: 5\r\n\r\n"), Framing::kNone, 5);
  expect_framed(response("HTTP/1.1 304 X\r\nTransfer-Encoding: chunked\r\n\r\n"), Framing::kNone, 0);
  for (const std::string status : {"100", "101", "103", "199", "204"}) {
    expect_framed(response("HTTP/1.1 " + status + " X\r\n\r\n"), Framing::kNone, 0);
    expect_framed(response("HTTP/1.1 " + status + " X\r\nContent-Length: 0\r\n\r\n"), Framing::kNone, 0);
    for (const std::string method : {"GET", "HEAD"}) {
      EXPECT_FALSE(response("HTTP/1.1 " + status + " X\r\nContent-Length: 5\r\n\r\n", method).accepted) << status;
      EXPECT_FALSE(response("HTTP/1.1 " + status + " X\r\nTransfer-Encoding: chunked\r\n\r\n", method).accepted)
          << status;
    }
  }
  EXPECT_TRUE(response("HTTP/1.1 204 X\r\n\r\n").keep_alive);
}

TEST(Framing, MethodNamesAreCaseSensitive) {
  expect_framed(response("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", "head"), Framing::kLength, 5);
  expect_framed(request("connect example.com:443 HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n"), Framing::kLength,
                5);
}

TEST(Framing, OfConnect) {
  expect_framed(response("HTTP/1.1 200 OK\r\n\r\n", "CONNECT"), Framing::kNone, 0);
  expect_framed(response("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", "CONNECT"), Framing::kNone, 5);
  expect_framed(response("HTTP/1.1 299 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "CONNECT"), Framing::kNone, 0);
  expect_framed(response("HTTP/1.1 407 No\r\nContent-Length: 5\r\n\r\n", "CONNECT"), Framing::kLength, 5);
  const std::string start = "CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n";
  EXPECT_TRUE(request(start + "\r\n").accepted);
  EXPECT_TRUE(request(start + "Content-Length: 0\r\n\r\n").accepted);
  EXPECT_FALSE(request(start + "Content-Length: 1\r\n\r\n").accepted);
  EXPECT_FALSE(request(start + "Transfer-Encoding: chunked\r\n\r\n").accepted);
}

TEST(Framing, KeepAliveOfRequests) {
  const auto keeps = [](const std::string& version, const std::string& lines) {
    return request("GET / " + version + "\r\nHost: a\r\n" + lines + "\r\n").keep_alive;
  };
  EXPECT_TRUE(keeps("HTTP/1.1", ""));
  EXPECT_FALSE(keeps("HTTP/1.1", "Connection: close\r\n"));
  EXPECT_FALSE(keeps("HTTP/1.1", "Connection: x, CLOSE\r\n"));
  EXPECT_FALSE(keeps("HTTP/1.1", "Connection: keep-alive\r\nConnection: close\r\n"));
  EXPECT_FALSE(keeps("HTTP/1.1", "Proxy-Connection: close\r\n"));
  EXPECT_TRUE(keeps("HTTP/1.1", "Connection: closed\r\n"));
  EXPECT_FALSE(keeps("HTTP/1.0", ""));
  EXPECT_TRUE(keeps("HTTP/1.0", "Connection: Keep-Alive\r\n"));
  EXPECT_TRUE(keeps("HTTP/1.0", "Proxy-Connection: keep-alive\r\n"));
  EXPECT_FALSE(keeps("HTTP/1.0", "Connection: keep-alive, close\r\n"));
}

TEST(Framing, KeepAliveOfResponses) {
  EXPECT_TRUE(response("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n").keep_alive);
  EXPECT_FALSE(response("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: close\r\n\r\n").keep_alive);
  EXPECT_FALSE(response("HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\n").keep_alive);
  EXPECT_TRUE(response("HTTP/1.0 200 OK\r\nContent-Length: 1\r\nConnection: keep-alive\r\n\r\n").keep_alive);
  EXPECT_FALSE(response("HTTP/1.1 200 OK\r\nConnection: keep-alive\r\n\r\n").keep_alive) << "ends by closing";
}

TEST(Framing, Expectations) {
  const auto expects = [](const std::string& bytes) {
    RequestHead head;
    EXPECT_EQ(request_whole(bytes, &head).kind, Kind::kDone) << bytes;
    return head.expects_continue;
  };
  EXPECT_TRUE(expects(request_with("Expect: 100-continue\r\n")));
  EXPECT_TRUE(expects(request_with("expect: 100-CONTINUE\r\n")));
  EXPECT_TRUE(expects(request_with("Expect: 100-continue\r\nExpect: 100-continue\r\n")));
  EXPECT_FALSE(expects(request_with("")));
  EXPECT_FALSE(expects(request_with("Expect:\r\n")));
  // RFC 9110 section 10.1.1: to be ignored in HTTP/1.0.
  EXPECT_FALSE(expects("POST / HTTP/1.0\r\nExpect: 100-continue\r\n\r\n"));
  const HeadResult other = request_whole(request_with("Expect: 100-continue\r\nExpect: y 100-continue\r\n"));
  EXPECT_EQ(other.kind, Kind::kRefused);
  EXPECT_EQ(other.status, 417);
}

TEST(Framing, Upgrades) {
  const auto wants = [](const std::string& lines) {
    RequestHead head;
    EXPECT_EQ(request_whole(request_with(lines), &head).kind, Kind::kDone) << lines;
    return head.wants_upgrade;
  };
  EXPECT_TRUE(wants("Connection: Upgrade\r\nUpgrade: websocket\r\n"));
  EXPECT_TRUE(wants("Upgrade: h2c\r\nConnection: HTTP2-Settings, upgrade\r\n"));
  EXPECT_FALSE(wants("Upgrade: websocket\r\n"));
  EXPECT_FALSE(wants("Connection: upgrade\r\n"));
  EXPECT_FALSE(wants("Connection: upgraded\r\nUpgrade: x\r\n"));
}

TEST(Framing, HostIsFoundOnce) {
  RequestHead head;
  ASSERT_EQ(request_whole("GET / HTTP/1.1\r\nA: b\r\nhOST:\t[::1]:80 \r\n\r\n", &head).kind, Kind::kDone);
  EXPECT_EQ(head.host, "[::1]:80");
  for (const std::string& host : test::hostile_hosts()) {
    EXPECT_EQ(request_whole("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n").status, 400) << host;
    EXPECT_EQ(request_whole("GET http://a/ HTTP/1.0\r\nHost: " + host + "\r\n\r\n").status, 400) << host;
  }
}

TEST(Framing, Names) {
  for (const char* name : {"Content-Length", "content-length", "Transfer-Encoding", "HOST"}) {
    EXPECT_TRUE(is_framing_name(name)) << name;
    EXPECT_FALSE(is_disguised_framing_name(name)) << name;
  }
  for (const char* name :
       {"Content_Length", "transfer_encoding", "Transfer_ENCODING", "Proxy_Connection", "CONTENT_LENGTH"}) {
    EXPECT_TRUE(is_disguised_framing_name(name)) << name;
    EXPECT_FALSE(is_framing_name(name)) << name;
  }
  for (const char* name : {"", "X-Content-Length", "Content-Lengths", "Content__Length", "Ho_st", "Content-Type",
                           "User_Agent", "Content_Type__", "Transfer-Encodin_"}) {
    EXPECT_FALSE(is_framing_name(name)) << name;
    EXPECT_FALSE(is_disguised_framing_name(name)) << name;
  }
}

}  // namespace
}  // namespace cvr::http
