#include "redact/wide.h"

#include "kit.h"

namespace cvr::redact {
namespace {

using std::string_view_literals::operator""sv;

TEST(Wide, Order) {
  EXPECT_EQ(wide_order("\xff\xfeh\0"sv, ""), ByteOrder::kLittle);
  EXPECT_EQ(wide_order("\xfe\xff\0h"sv, ""), ByteOrder::kBig);
  EXPECT_EQ(wide_order("ab", "utf-16le"), ByteOrder::kLittle);
  EXPECT_EQ(wide_order("ab", "utf-16"), ByteOrder::kBig);
  EXPECT_EQ(wide_order("{\0\"\0a\0\"\0"sv, "utf-16"), ByteOrder::kLittle);
  EXPECT_EQ(wide_order("{\0\"\0a\0\"\0"sv, ""), ByteOrder::kLittle);
  EXPECT_EQ(wide_order("\0{\0\"\0a\0\""sv, ""), ByteOrder::kBig);
  EXPECT_EQ(wide_order("plain text", ""), std::nullopt);
  EXPECT_EQ(wide_order("\0\0\0\0\0\0\0\0"sv, ""), std::nullopt);
  EXPECT_EQ(wide_order("", ""), std::nullopt);
}

TEST(Wide, NarrowBytes) {
  EXPECT_TRUE(is_utf16_name("ucs-2"));
  EXPECT_FALSE(is_utf16_name("utf-8"));
  EXPECT_FALSE(may_be_utf16("{\"a\":1}"));
  EXPECT_FALSE(may_be_utf16(""));
  EXPECT_TRUE(may_be_utf16("a\0"sv));
  const std::string wide = to_utf16("a long line of text, then one more\n", ByteOrder::kBig);
  EXPECT_FALSE(holds_narrow_text(wide));
  EXPECT_TRUE(holds_narrow_text(wide + std::string(32, 'x') + wide));
  EXPECT_FALSE(holds_narrow_text(wide + std::string(30, 'x') + wide));
}

TEST(Wide, ThereAndBack) {
  const std::string text = "a\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80z";
  for (const ByteOrder order : {ByteOrder::kLittle, ByteOrder::kBig}) {
    EXPECT_EQ(from_utf16(to_utf16(text, order), order), text);
  }
  EXPECT_EQ(to_utf16("\xff", ByteOrder::kBig), "\xff\xfd");
}

TEST(Wide, BrokenTextIsRefused) {
  EXPECT_EQ(from_utf16("a", ByteOrder::kBig), std::nullopt);
  EXPECT_EQ(from_utf16("\xd8\x00"sv, ByteOrder::kBig), std::nullopt);
  EXPECT_EQ(from_utf16("\xd8\x00\x00\x41"sv, ByteOrder::kBig), std::nullopt);
  EXPECT_EQ(from_utf16("\xdc\x00"sv, ByteOrder::kBig), std::nullopt);
}

TEST(Wide, SpansMove) {
  const RedactedText wide = to_utf16(RedactedText{"\xc3\xa4"
                                                  "bcd",
                                                  {{2, 2, Kind::kToken, "r"}}},
                                     ByteOrder::kLittle);
  ASSERT_EQ(wide.spans.size(), 1u);
  EXPECT_EQ(wide.text.substr(wide.spans[0].begin, wide.spans[0].size), std::string("b\0c\0", 4));
  const auto back = from_utf16(wide, ByteOrder::kLittle);
  ASSERT_TRUE(back);
  EXPECT_EQ(back->spans, (std::vector<Span>{{2, 2, Kind::kToken, "r"}}));
  EXPECT_EQ(from_utf16(RedactedText{"abcd", {{1, 2, Kind::kToken, "r"}}}, ByteOrder::kLittle), std::nullopt);
}

TEST(Wide, TheMarkOfUtf32IsNotThatOfUtf16) {
  EXPECT_EQ(utf32_of("\xff\xfe\0\0h\0\0\0"sv), "utf-32le");
  EXPECT_EQ(utf32_of("\0\0\xfe\xff\0\0\0h"sv), "utf-32be");
  EXPECT_EQ(utf32_of("\xff\xfeh\0"sv), "");
  EXPECT_EQ(utf32_of(""), "");
  EXPECT_EQ(wide_order("\xff\xfe\0\0h\0\0\0"sv, ""), std::nullopt);
}

// Without a mark or a word, alone or between other bytes, and learned before or after.
TEST(Wide, KnownValuesInUtf32Go) {
  const std::string secret = test::random_text(12, "abcdefghijklmnop");
  const auto widened = [](std::string_view text, bool big) {
    std::string out;
    for (const char c : text) out += big ? std::string{0, 0, 0, c} : std::string{c, 0, 0, 0};
    return out;
  };
  const std::string noise("\x89PN\0\0\0\0\xff\xfex\0\0\0\1", 14);
  for (const bool late : {false, true}) {
    for (const bool big : {false, true}) {
      for (const std::string& text : {secret, "it is " + secret + "!"}) {
        const std::string wide = widened(text, big);
        for (const std::string& body : {wide, noise + wide, wide + noise, noise + wide.substr(0, wide.size() - 3)}) {
          for (const char* type : {"", "text/plain", "application/octet-stream"}) {
            const auto redactor = make_redactor();
            http::Request teacher = get_request("/");
            teacher.fields = {{"X-Avinode-ApiToken", secret}};
            if (!late) (void)redactor->redact_request(teacher);
            const RedactedInteraction once = redactor->redact(exchange(get_request("/"), type, body));
            if (late) (void)redactor->redact_request(teacher);
            const RedactedInteraction twice = redactor->redact_again(*once);
            const RedactedText& got = twice->response->body.content;
            if (big && body.size() == noise.size() + wide.size() - 3) continue;  // without its last letter
            EXPECT_FALSE(twice->response->body.omitted);
            EXPECT_EQ(got.text.find(widened(secret, big).substr(big ? 3 : 0, 45)), got.text.npos)
                << type << late << big;
            EXPECT_EQ(got.text.size(), body.size() + 4 * (Kit().pseudonyms.of(secret).size() - secret.size()));
            EXPECT_TRUE(redactor->leaks(*twice).empty());
            EXPECT_TRUE(redactor->redact_again(*twice) == twice);
          }
        }
      }
    }
  }
}

}  // namespace
}  // namespace cvr::redact
