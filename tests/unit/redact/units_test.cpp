#include "redact/units.h"

#include "base/base64.h"
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

// Python's repr(bytes), printf of shells.
TEST(Units, EscapesOfTheBytesOfUtf8) {
  EXPECT_EQ(decode("\\xc3\\xa9 \\303\\251 \\xe2\\x82\\xac\\xf0\\x9f\\x98\\x80", View::kJson),
            "\xc3\xa9 \xc3\xa9 \xe2\x82\xac\xf0\x9f\x98\x80");
  EXPECT_EQ(decode("\\xe9\\u20ac", View::kJson), "\xc3\xa9\xe2\x82\xac");  // JavaScript
  // No whole character: each is one.
  EXPECT_EQ(decode("\\xc3\\x41\\xc3", View::kJson),
            "\xc3\x83"
            "A\xc3\x83");
  EXPECT_EQ(decode("\\xe2\\x82", View::kJson), "\xc3\xa2\xc2\x82");
  for (const std::string text : {"\\x", "\\xc", "\\xc3\\x", "\\xc3\\", "\\xc3\\xzz", "\\303\\9"}) {
    EXPECT_FALSE(decode(text, View::kJson).empty()) << text;
  }
}

// A known value with more than ASCII, quotes and backslashes, in an error that quotes bytes.
TEST(Units, KnownValuesInQuotedBytesGo) {
  Kit kit;
  const std::string secret = test::random_text(5, "bcdf") + "\"" + test::random_text(4, "ghjk") + "\\&<%\xc3\xa9" +
                             test::random_text(5, "mnpq") + "\xc3\xbc!";
  kit.know(secret);
  std::string all;
  std::string some;
  for (const char c : secret) {
    const std::string hex = "\\x" + hex_encode(std::string_view(&c, 1));
    all += hex;
    some += (c & 0x80) != 0 ? hex : c == '\\' ? "\\\\" : std::string(1, c);
  }
  for (const std::string& quoted : {all, "bad: b'" + some + "'"}) {
    for (const std::string& text : {quoted, "{\"err\":\"" + encode(quoted, View::kJson) + "\"}"}) {
      const std::string out = kit.found(text).text;
      EXPECT_EQ(out.find(secret.substr(0, 5)), out.npos) << out;
      EXPECT_EQ(out.find(all.substr(0, 20)), out.npos) << out;
      EXPECT_EQ(out.find(encode(all, View::kJson).substr(0, 25)), out.npos) << out;
      EXPECT_NE(out, "gave up");
    }
  }
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
