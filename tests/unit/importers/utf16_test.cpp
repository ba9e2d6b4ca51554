#include "kit.h"

namespace cvr::importers {
namespace {

TEST(Utf16, IsReadInBothByteOrders) {
  EXPECT_TRUE(is_utf16("\xff\xfe"));
  EXPECT_TRUE(is_utf16("\xfe\xff{"));
  EXPECT_FALSE(is_utf16("\xef\xbb\xbf{"));
  EXPECT_FALSE(is_utf16(""));
  EXPECT_EQ(utf8_of_utf16(std::string_view("\xff\xfe{\0\xe9\0\x3d\xd8\xe9\xde", 10)).value(), "{\u00e9\U0001F6E9");
  EXPECT_EQ(utf8_of_utf16(std::string_view("\xfe\xff\0{\0\xe9\xd8\x3d\xde\xe9", 10)).value(), "{\u00e9\U0001F6E9");
}

TEST(Utf16, WhatIsBroken) {
  EXPECT_EQ(utf8_of_utf16(std::string_view("\xff\xfe\x3d\xd8x\0", 6)).value(), "\uFFFDx");
  EXPECT_EQ(utf8_of_utf16(std::string_view("\xff\xfe\x3d\xd8", 4)).value(), "\uFFFD");
  EXPECT_EQ(utf8_of_utf16(std::string_view("\xff\xfe\xe9\xde", 4)).value(), "\uFFFD");
  EXPECT_FALSE(utf8_of_utf16("\xff\xfe{"));
}

}  // namespace
}  // namespace cvr::importers
