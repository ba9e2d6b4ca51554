#include "exporters/common.h"

#include "kit.h"

namespace cvr::exporters {
namespace {

TEST(Common, WritesUrls) {
  RedactedParts parts = sample();
  EXPECT_EQ(url_of(parts.request), "https://api.example.com/trips/t-1?fields%5Ba%5D=x+y&flag");
  parts.request.query.text.clear();
  EXPECT_EQ(url_of(parts.request), "https://api.example.com/trips/t-1?");
  parts.request.has_query = false;
  parts.request.path.text = "*";
  EXPECT_EQ(url_of(parts.request), "https://api.example.com/*");
}

TEST(Common, WritesUtcWithMilliseconds) {
  EXPECT_EQ(utc_text(0), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(utc_text(1'773'648'000'123'999), "2026-03-16T08:00:00.123Z");
  EXPECT_EQ(utc_text(-1'000), "1969-12-31T23:59:59.999Z");
}

TEST(Common, FindsMediaTypes) {
  EXPECT_EQ(media_type({field("content-TYPE", "Text/HTML ; charset=x")}), "text/html");
  EXPECT_EQ(media_type({}), "");
  EXPECT_EQ(value_of({field("A", "1"), field("a", "2")}, "a"), "1");
}

TEST(Common, TellsTextFromBytes) {
  EXPECT_TRUE(is_text(""));
  EXPECT_TRUE(is_text("a\tb\r\n\xc3\xa4"));
  for (const std::string& bytes :
       {std::string("\0", 1), std::string("\x1b"), std::string("\x7f"), std::string("\xc3"), std::string("\xff")}) {
    EXPECT_FALSE(is_text(bytes));
  }
}

TEST(Common, Converts) {
  EXPECT_EQ(milliseconds(1'500), 1.5);
  EXPECT_EQ(version_of(0), "HTTP/1.0");
}

}  // namespace
}  // namespace cvr::exporters
