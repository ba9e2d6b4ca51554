#include "redact/charset.h"

#include "kit.h"

namespace cvr::redact {
namespace {

TEST(Charset, ThereAndBack) {
  const std::pair<const char*, const char*> cases[] = {
      {"iso-8859-1", "caf\xe9 \x80\x81"}, {"windows-1252", "\x80 and \x9d"},
      {"iso-8859-15", "\xa4 5"},          {"koi8-r", "\xf0\xc1\xd2\xcf\xcc\xd8"},
      {"shift_jis", "\x83\x5c\x83\x5d"},  {"gbk", "\xc1\xaa\xcd\xa8"},
      {"euc-kr", "\xb0\xa1\xb0\xa2"},     {"big5", "\xa4\xa4\xa4\xe5"},
      {"iso-2022-jp", "\x1b$B4A\x1b(B"},  {"utf-32le", "a\0\0\0"}};
  for (const auto& [name, text] : cases) {
    ASSERT_TRUE(is_read_charset(name)) << name << ": the C library's charset modules are missing";
    const std::string bytes = std::string_view(name) == "utf-32le" ? std::string(text, 4) : std::string(text);
    const auto plain = from_charset(bytes, name);
    ASSERT_TRUE(plain) << name;
    EXPECT_TRUE(is_utf8(*plain)) << name;
    EXPECT_EQ(to_charset(*plain, name), bytes) << name;
  }
  EXPECT_EQ(from_charset("caf\xe9\x80", "latin1"), "caf\xc3\xa9\xe2\x82\xac");
}

TEST(Charset, WhatIsNotReadIsRefused) {
  EXPECT_FALSE(is_read_charset("../../x"));
  EXPECT_FALSE(from_charset("abc", "utf-7"));
  EXPECT_FALSE(from_charset("abc", "iso-2022-cn-ext"));
  EXPECT_FALSE(from_charset("\x81", "shift_jis"));
  EXPECT_FALSE(from_charset(std::string("a\0\0", 3), "utf-32le"));
  EXPECT_EQ(to_charset("a\xe4\xb8\xad"
                       "b",
                       "iso-8859-1"),
            "a?b");
  EXPECT_EQ(to_charset("a\xe4\xb8\xad"
                       "b",
                       "koi8-r"),
            "a?b");
}

TEST(Charset, NamesInMarkup) {
  EXPECT_EQ(charset_in_markup("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a/>"), "iso-8859-1");
  EXPECT_EQ(charset_in_markup("<html><META charset='koi8-r'>"), "koi8-r");
  EXPECT_EQ(charset_in_markup("<meta http-equiv=x content=\"text/html; charset=GBK\">"), "gbk");
  EXPECT_EQ(charset_in_markup("<p>charset=gbk</p>"), "");
}

TEST(Charset, SpansMove) {
  const RedactedText out = to_charset(RedactedText{"\xc3\xa4 [x]", {{3, 3, Kind::kToken, "r"}}}, "iso-8859-1");
  EXPECT_EQ(out.text, "\xe4 [x]");
  ASSERT_EQ(out.spans.size(), 1u);
  EXPECT_EQ(span_text(out, 0), "[x]");
}

TEST(Charset, TheNamesThatAsciiNeedsNone) {
  for (const char* name : {"", "utf-8", "utf8mb4", "iso-8859-1", "windows-1252", "cp1251", "shift_jis"})
    EXPECT_TRUE(is_ascii_compatible(name)) << name;
  for (const char* name : {"utf-16", "utf-16le", "utf-32", "utf-7", "ebcdic", "iso-2022-jp"})
    EXPECT_FALSE(is_ascii_compatible(name)) << name;
}

TEST(Charset, DocumentsNameTheirs) {
  EXPECT_EQ(charset_in_markup("<meta charset = 'KOI8-R'>"), "koi8-r");
  EXPECT_EQ(charset_in_markup("<meta content=\"text/html; charset=euc-jp\">"), "euc-jp");
  EXPECT_EQ(charset_in_markup("<?xml version='1.0' encoding = \"gbk\"?>"), "gbk");
  EXPECT_EQ(charset_in_markup("@charset \"iso-8859-15\"; a{}"), "iso-8859-15");
  EXPECT_EQ(charset_in_markup("<meta name=charset>"), "");
  EXPECT_EQ(charset_in_markup("<meta charset"), "");
}

}  // namespace
}  // namespace cvr::redact
