#include "net/request_value.h"

namespace cvr::net {
namespace {

struct Parsed {
  explicit Parsed(std::string text) : bytes(std::move(text)) {
    std::size_t scanned = 0;
    EXPECT_EQ(http::parse_request_head(bytes, scanned, {}, head).kind, http::HeadResult::Kind::kDone);
    target = http::parse_target(head.target, false).value();
  }
  std::string bytes;
  http::RequestHead head;
  http::Target target;
};

const http::Origin kOrigin{http::Scheme::kHttps, "api.example", 443};

TEST(RequestValue, OwnsWhatTheHeadSaid) {
  http::Request request;
  {
    Parsed parsed("POST /a%20b?x=1&y HTTP/1.0\r\nHost: api.example\r\nx-A: 1\r\nX-a:  2 \r\nContent-Length: 3\r\n\r\n");
    assign_request(request, parsed.head, kOrigin, parsed.target);
    parsed.bytes.assign(parsed.bytes.size(), '!');  // the connection's buffer moves on
  }
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.origin, kOrigin);
  EXPECT_EQ(request.path, "/a%20b");
  EXPECT_EQ(request.query, "x=1&y");
  EXPECT_TRUE(request.has_query);
  EXPECT_EQ(request.minor_version, 0);
  EXPECT_EQ(request.fields,
            (http::Fields{{"Host", "api.example"}, {"x-A", "1"}, {"X-a", "2"}, {"Content-Length", "3"}}));
}

TEST(RequestValue, NothingOfTheLastRequestStays) {
  http::Request request;
  const Parsed first("POST /first?secret=1 HTTP/1.0\r\nHost: api.example\r\nAuthorization: x\r\nA: b\r\n\r\n");
  assign_request(request, first.head, {http::Scheme::kHttp, "other.example", 8080}, first.target);
  request.body = "body";
  request.trailers = {{"X-Sum", "1"}};
  const Parsed second("GET / HTTP/1.1\r\nHost: api.example\r\n\r\n");
  assign_request(request, second.head, kOrigin, second.target);
  EXPECT_EQ(request.method, "GET");
  EXPECT_EQ(request.origin, kOrigin);
  EXPECT_EQ(request.path, "/");
  EXPECT_EQ(request.query, "");
  EXPECT_FALSE(request.has_query);
  EXPECT_EQ(request.minor_version, 1);
  EXPECT_EQ(request.fields, (http::Fields{{"Host", "api.example"}}));
  EXPECT_EQ(request.body, "");
  EXPECT_TRUE(request.trailers.empty());
}

TEST(RequestValue, AnEmptyQueryIsNotNone) {
  http::Request request;
  const Parsed empty("GET /a? HTTP/1.1\r\nHost: api.example\r\n\r\n");
  assign_request(request, empty.head, kOrigin, empty.target);
  EXPECT_TRUE(request.has_query);
  EXPECT_EQ(http::target_of(request), "/a?");
}

TEST(RequestValue, AUrlAsTargetLeavesItsPath) {
  http::Request request;
  const Parsed absolute("GET http://api.example?q HTTP/1.1\r\nHost: api.example\r\n\r\n");
  assign_request(request, absolute.head, *absolute.target.origin, absolute.target);
  EXPECT_EQ(http::url_of(request), "http://api.example/?q");
  const Parsed all("OPTIONS * HTTP/1.1\r\nHost: api.example\r\n\r\n");
  assign_request(request, all.head, kOrigin, all.target);
  EXPECT_EQ(request.path, "*");
}

TEST(RequestValue, TheUpgradeThatIsAskedFor) {
  const Parsed upgrade(
      "GET / HTTP/1.1\r\nHost: a\r\nupgrade: websocket\r\nUpgrade: h2c\r\nConnection: upgrade\r\n\r\n");
  EXPECT_EQ(upgrade_of(upgrade.head), "websocket");
  EXPECT_EQ(upgrade_of(Parsed("GET / HTTP/1.1\r\nHost: a\r\n\r\n").head), "");
}

}  // namespace
}  // namespace cvr::net
