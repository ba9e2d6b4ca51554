#include "redact/units.h"

#include "kit.h"

namespace cvr::redact {
namespace {

TEST(Units, EscapesOfProgramsAndShells) {
  EXPECT_EQ(decode("\\u{41}\\u{1F600}\\101\\x42\\40.", View::kJson),
            "A\xf0\x9f\x98\x80"
            "AB .");
  for (const std::string text : {"\\u{}", "\\u{41", "\\u{110000}", "\\7", "\\u{4x}", "\\18"}) {
    EXPECT_EQ(decode(text, View::kJson).substr(0, 1), "\\") << text;
  }
  EXPECT_EQ(decode("it'\\''s '\"'\"' one", View::kShell), "it's ' one");
  EXPECT_EQ(decode(encode("it's", View::kShell), View::kShell), "it's");
  EXPECT_EQ(decode("'\\''\\u{41}%42&#67;", View::kAll), "'ABC");
}

TEST(Units, WhatMarkupLeavesOut) {
  EXPECT_EQ(decode("a<![CDATA[b]]>c<!-- yes -->", View::kHtml), "abc<!-- yes -->");
  EXPECT_FALSE(has_view("a < b ]] > c <!- x ->", View::kHtml));
}

TEST(Units, WhiteSpaceInBase64) {
  EXPECT_EQ(decode("x9=ab&1=\r\n2=41", View::kQuotedPairs), "x9=ab&12A");
  EXPECT_EQ(decode("x9=ab<%5=44", View::kQuotedPairs), "x9=ab<%5D");
  EXPECT_EQ(decode("ab cd\r\n\tef; gh ", View::kSpaced), "abcdef; gh ");
  EXPECT_EQ(unit_at("ab  cd", 2, View::kSpaced).size, 2u);
  EXPECT_EQ(meant_size(unit_at("ab  cd", 2, View::kSpaced)), 0u);
}

}  // namespace
}  // namespace cvr::redact
