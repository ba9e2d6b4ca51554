#include "redact/media_type.h"

namespace cvr::redact {
namespace {

TEST(MediaType, Parses) {
  const MediaType type = parse_media_type("Application/JSON ; Charset=\"UTF-8\"; boundary=a\\b; boundary=second");
  EXPECT_EQ(type.essence, "application/json");
  EXPECT_EQ(type.charset, "utf-8");
  EXPECT_EQ(type.boundary, "a\\b");
  EXPECT_EQ(parse_media_type("multipart/form-data; boundary=\"a;\\\"b\"; x=y").boundary, "a;\"b");
  for (const char* odd : {"", ";", "json", "a/b;", "a/b;=", "a/b; x=\"", "a/b; x=\"\\", ";;;="}) parse_media_type(odd);
  EXPECT_EQ(parse_media_type("json").essence, "");
}

TEST(MediaType, Forms) {
  const auto form = [](std::string_view type, std::string_view bytes) {
    return form_of_body(parse_media_type(type), bytes);
  };
  EXPECT_EQ(form("application/json", "x"), BodyForm::kJson);
  EXPECT_EQ(form("application/problem+json", "x"), BodyForm::kJson);
  EXPECT_EQ(form("application/x-ndjson", "x"), BodyForm::kJsonLines);
  EXPECT_EQ(form("application/x-www-form-urlencoded; charset=x", "x"), BodyForm::kForm);
  EXPECT_EQ(form("multipart/form-data", "x"), BodyForm::kMultipart);
  EXPECT_EQ(form("text/html", "x"), BodyForm::kMarkup);
  EXPECT_EQ(form("application/soap+xml", "x"), BodyForm::kMarkup);
  EXPECT_EQ(form("text/event-stream", "x"), BodyForm::kEvents);
  EXPECT_EQ(form("image/png", "{}"), BodyForm::kJson);  // it says one thing and is another
  EXPECT_EQ(form("", " {\"a\":1}\n"), BodyForm::kJson);
  EXPECT_EQ(form("text/plain", "[1]"), BodyForm::kJson);
  EXPECT_EQ(form("", "hello"), BodyForm::kText);
  EXPECT_EQ(form("", std::string_view("\0\1\2", 3)), BodyForm::kBinary);
  EXPECT_EQ(form("application/octet-stream", "hello"), BodyForm::kText);
  EXPECT_EQ(form("application/vnd.x", std::string_view("\0", 1)), BodyForm::kBinary);
}

TEST(MediaType, FormsOfWhatNoTypeIsNamedFor) {
  const auto form = [](std::string_view type, std::string_view bytes) {
    return form_of_body(parse_media_type(type), bytes);
  };
  EXPECT_EQ(form("", " <?xml version='1.0'?><a>b</a>\n"), BodyForm::kMarkup);
  EXPECT_EQ(form("application/octet-stream", "<a/>"), BodyForm::kMarkup);
  EXPECT_EQ(form("", "a < b >"), BodyForm::kText);
  EXPECT_EQ(form("", std::string_view("<\0>", 3)), BodyForm::kBinary);
  EXPECT_EQ(form("", "user=a&pass%20word=b%2Bc"), BodyForm::kForm);
  EXPECT_EQ(form("", "a=1"), BodyForm::kForm);
  EXPECT_EQ(form("text/plain", "a=1&b=2"), BodyForm::kText);
  EXPECT_EQ(form("", "=1"), BodyForm::kText);
  EXPECT_EQ(form("", "a&b=1"), BodyForm::kText);
  EXPECT_EQ(form("", "set a = 1"), BodyForm::kText);
  EXPECT_EQ(form("image/png", R"({"a":1})"), BodyForm::kJson);
  EXPECT_EQ(form("image/png", "\x89PNG"), BodyForm::kBinary);
}

TEST(MediaType, LooksLikeJson) {
  EXPECT_TRUE(looks_like_json("\xef\xbb\xbf {} "));
  EXPECT_FALSE(looks_like_json("{]"));
  EXPECT_FALSE(looks_like_json(""));
  EXPECT_FALSE(looks_like_json("   "));
}

}  // namespace
}  // namespace cvr::redact
