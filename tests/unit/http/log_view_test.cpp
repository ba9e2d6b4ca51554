#include "http/log_view.h"

#include "support/random.h"

namespace cvr::http {
namespace {

Request request(std::string path) {
  Request out;
  out.method = "GET";
  out.origin = {Scheme::kHttps, "a.example", 443};
  out.path = std::move(path);
  return out;
}

TEST(LogView, MethodHostAndPath) {
  EXPECT_EQ(log_view(request("/api/trips")), "GET https://a.example/api/trips");
  Request options = request("*");
  options.method = "OPTIONS";
  options.origin = {Scheme::kHttp, "::1", 8080};
  EXPECT_EQ(log_view(options), "OPTIONS http://[::1]:8080/*");
}

TEST(LogView, ShowsNoSecret) {
  const std::string secret = cvr::test::random_password();
  Request carrying = request("/a");
  carrying.query = "key=" + secret;
  carrying.has_query = true;
  carrying.fields = {{"Authorization", "Bearer " + secret}, {secret, "x"}};
  carrying.body = secret;
  carrying.trailers = {{"X", secret}};
  EXPECT_EQ(log_view(carrying), "GET https://a.example/a?...");
}

TEST(LogView, ControlCharactersAreEscaped) {
  Request odd = request("/a\x1b[2J\r\nb\xc2\x9b\xff");
  odd.method = "G\nT";
  const std::string text = log_view(odd);
  for (const char c : text) EXPECT_TRUE(c >= 0x20 && c < 0x7f) << text;
  EXPECT_TRUE(text.starts_with("G\\nT https://a.example/a\\x1b[2J")) << text;
}

TEST(LogView, IsBounded) {
  for (const char c : {'a', '\x01', '\xff'}) {
    for (const std::size_t size : {190, 199, 200, 201, 1'000'000}) {
      Request large = request('/' + std::string(size, c));
      EXPECT_LE(log_view(large).size(), 200u);
      large.method = std::string(size, c);
      large.origin.host = std::string(size, c);
      EXPECT_LE(log_view(large).size(), 200u);
    }
  }
  Request accents = request("/");
  for (int i = 0; i < 300; ++i) accents.path += "\xc3\xa9";
  const std::string text = log_view(accents);
  EXPECT_LE(text.size(), 200u);
  EXPECT_TRUE(text.ends_with("..."));
  EXPECT_NE(static_cast<unsigned char>(text[text.size() - 4]), 0xc3) << "a code point is cut in two";
}

}  // namespace
}  // namespace cvr::http
