#include "redact/wide.h"

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
}

TEST(Wide, TheMarkOfUtf32IsNotThatOfUtf16) {
  EXPECT_EQ(utf32_of("\xff\xfe\0\0h\0\0\0"sv), "utf-32le");
  EXPECT_EQ(utf32_of("\0\0\xfe\xff\0\0\0h"sv), "utf-32be");
  EXPECT_EQ(utf32_of("\xff\xfeh\0"sv), "");
  EXPECT_EQ(utf32_of(""), "");
  EXPECT_EQ(wide_order("\xff\xfe\0\0h\0\0\0"sv, ""), std::nullopt);
}

}  // namespace
}  // namespace cvr::redact
