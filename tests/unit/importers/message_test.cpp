#include "importers/message.h"

#include "http/codings.h"
#include "kit.h"

namespace cvr::importers {
namespace {

TEST(Message, UrlsAreWhatCouldHaveBeenRecorded) {
  struct Case {
    const char *url, *read, *loss;
  };
  for (const Case& one :
       std::vector<Case>{{"https://A.Example/x?y=1", "https://a.example/x?y=1", ""},
                         {"HTTPS://a.example", "https://a.example/", ""},
                         {"http://a.example:80/x?", "http://a.example/x?", ""},
                         {"https://a.example/x#frag?no", "https://a.example/x", "fragments"},
                         {"https://u:p@a.example/@x", "https://a.example/@x", "user names"},
                         {"https://a.example/a b\xc3\xa9", "https://a.example/a%20b%C3%A9", "characters of URLs"},
                         {"https://a.example/\r\nX: y", "https://a.example/%0D%0AX:%20y", "characters of URLs"}}) {
    Here here;
    http::Request request;
    ASSERT_TRUE(set_url(one.url, request, here.place)) << one.url;
    EXPECT_EQ(http::url_of(request), one.read);
    EXPECT_EQ(here.losses.all().empty(), std::string_view(one.loss).empty()) << one.url;
    EXPECT_TRUE(here.losses.all().empty() || here.lost(one.loss)) << one.url;
  }
}

TEST(Message, OtherUrlsAreSkippedByName) {
  for (const auto& [url, loss] : std::vector<std::pair<std::string, std::string>>{
           {"wss://a.example/", "skipped: WebSocket"},
           {"data:text/plain,x", "skipped: URLs that are neither"},
           {"", "skipped: URLs that are neither"},
           {"/relative", "skipped: URLs that are neither"},
           {"https://", "skipped: URLs that are not read"},
           {"https://a..b/", "skipped: URLs that are not read"},
           {"https://a.example:99999/", "skipped: URLs that are not read"},
           {"https://a.example/" + std::string(70'000, 'a'), "skipped: URLs that are not read"}}) {
    Here here;
    http::Request request;
    EXPECT_FALSE(set_url(url, request, here.place)) << url;
    EXPECT_TRUE(here.lost(loss)) << url;
  }
}

TEST(Message, TargetsStandBehindAnOrigin) {
  Here here;
  http::Request request;
  EXPECT_TRUE(set_target("/a?b", request, here.place));
  EXPECT_EQ(request.path + "|" + request.query, "/a|b");
  EXPECT_FALSE(set_target("a", request, here.place));
  EXPECT_FALSE(set_target("*", request, here.place));
  request.method = "OPTIONS";
  EXPECT_TRUE(set_target("*", request, here.place));
}

TEST(Message, MethodsAndStatuses) {
  Here here;
  http::Request request;
  EXPECT_TRUE(set_method("PATCH", request, here.place));
  EXPECT_FALSE(set_method("", request, here.place));
  EXPECT_FALSE(set_method("GET /", request, here.place));
  EXPECT_FALSE(set_method("CONNECT", request, here.place));
  EXPECT_TRUE(here.lost("skipped: CONNECT"));
  http::Response response;
  EXPECT_TRUE(set_status(404, response, here.place));
  for (const int bad : {0, -1, 101, 600}) EXPECT_FALSE(set_status(bad, response, here.place)) << bad;
  EXPECT_FALSE(set_status(std::nullopt, response, here.place));
}

TEST(Message, FieldsAreOnesThatCouldHaveBeenSent) {
  Here here;
  http::Fields fields;
  add_field("X-A", " v\t", fields, here.place);
  add_field("Set-Cookie", "a=1\nb=2\r\nc=3", fields, here.place);
  ASSERT_EQ(fields.size(), 4u);
  EXPECT_EQ(fields[0].value, "v");
  EXPECT_EQ(fields[3].value, "c=3");
  EXPECT_TRUE(here.losses.all().empty());
  add_field(":authority", "a", fields, here.place);
  add_field("no token", "a", fields, here.place);
  add_field("", "a", fields, here.place);
  add_field("X", std::string("a\0b", 3), fields, here.place);
  add_field("X", std::string(70'000, 'a'), fields, here.place);
  EXPECT_EQ(fields.size(), 4u);
  EXPECT_TRUE(here.lost("pseudo-headers"));
  EXPECT_TRUE(here.lost("headers with a name that is none"));
  EXPECT_TRUE(here.lost("headers with control characters"));
  EXPECT_TRUE(here.lost("headers beyond 1000"));
  for (int i = 0; i < 2000; ++i) add_field("X", "y", fields, here.place);
  EXPECT_EQ(fields.size(), 1000u);
}

TEST(Message, VersionsReasonsAndTimes) {
  Here here;
  EXPECT_EQ(minor_version_of("HTTP/1.0", here.place), 0);
  EXPECT_EQ(minor_version_of("unknown", here.place), 1);
  EXPECT_TRUE(here.losses.all().empty());
  for (const char* version : {"http/2.0", "h2", "HTTP/3", "h3-29"}) EXPECT_EQ(minor_version_of(version, here.place), 1);
  EXPECT_EQ(here.losses.all().front().count, 4u);
  http::Response response;
  set_reason("a\nb", response, here.place);
  EXPECT_EQ(response.reason, "");
  Interaction one;
  one.response.emplace();
  one.response->fields = {{"Date", "Mon, 16 Mar 2026 08:00:00 GMT"}, {"Transfer-Encoding", "chunked"}};
  set_framing_and_time(one, here.place);
  EXPECT_EQ(one.response_framing, Framing::kChunked);
  EXPECT_EQ(one.timing.started_utc_us, 1'773'648'000'000'000);
  EXPECT_TRUE(here.lost("times are not in the file: those of Date"));
}

TEST(Message, Base64InLines) {
  EXPECT_EQ(bytes_of_base64("YW\nJj\r\n"), "abc");
  EXPECT_FALSE(bytes_of_base64("*"));
}

}  // namespace
}  // namespace cvr::importers
