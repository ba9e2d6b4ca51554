#include "base/escape.h"

namespace cvr {
namespace {

TEST(Escape, DisarmsTerminals) {
  EXPECT_EQ(printable("a\x1b[31mb\r\n\t\x7f"), "a\\x1b[31mb\\x0d\\n\\t\\x7f");
  EXPECT_EQ(printable("a\n\tb", true), "a\n\tb");
  EXPECT_EQ(printable("caf\xc3\xa9 \xff \xc2\x9b"), "caf\xc3\xa9 \\xff \\xc2\\x9b");
  EXPECT_EQ(printable("\xe2\x80\xae"), "\\xe2\\x80\\xae");  // right-to-left override
}

TEST(Escape, ShortensOnACharacterBoundary) {
  EXPECT_EQ(shortened("abcdef", 6), "abcdef");
  EXPECT_EQ(shortened("abcdefg", 6), "abc...");
  EXPECT_EQ(shortened("ab\xc3\xa9"
                      "defg",
                      6),
            "ab...");
}

TEST(Escape, PercentCoding) {
  EXPECT_EQ(percent_decode("a%20b%2", false), "a b%2");
  EXPECT_EQ(percent_decode("a+b%zz", true), "a b%zz");
  EXPECT_EQ(percent_encode("a b/\xc3\xa9~"), "a%20b%2F%C3%A9~");
}

}  // namespace
}  // namespace cvr
