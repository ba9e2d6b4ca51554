#include "base/json_scan.h"

namespace cvr::json {
namespace {

std::string tokens(std::string_view text) {
  Scanner scanner(text);
  std::string out;
  for (;;) {
    const auto token = scanner.next();
    if (!token) return out + "!" + token.error().text;
    constexpr std::string_view kNames = "{}[]ks#tf0.";
    out += kNames[static_cast<std::size_t>(*token)];
    if (*token == Token::kEnd) return out;
    if (*token == Token::kKey || *token == Token::kString || *token == Token::kNumber) {
      out += '(' + std::string(scanner.raw()) + ')';
    }
  }
}

TEST(JsonScan, ReportsTokensWithTheirText) {
  EXPECT_EQ(tokens(R"( {"a": [1, 275.0, -2e+3], "b\n": "x", "c": {}, "d": [], "e": true, "f": null} )"),
            R"({k(a)[#(1)#(275.0)#(-2e+3)]k(b\n)s(x)k(c){}k(d)[]k(e)tk(f)0}.)");
}

TEST(JsonScan, RefusesWhatIsNotJson) {
  for (const char* text :
       {"",        "{",           "[1,]",     "{\"a\":1,}", "{\"a\" 1}", "01",  "1.",    "1e",    "nul",     "\"\x01\"",
        "\"\\x\"", "\"\\u12g4\"", "\"\xff\"", "1 2",        "{1:2}",     "'a'", "[1 2]", "\"abc", "\"abc\\", "-"}) {
    EXPECT_NE(tokens(text).find('!'), std::string::npos) << text;
  }
}

TEST(JsonScan, SaysByStepWhatNextSays) {
  Scanner scanner("[1,]");
  EXPECT_EQ(scanner.step(), Token::kBeginArray);
  EXPECT_EQ(scanner.step(), Token::kNumber);
  EXPECT_EQ(scanner.step(), Token::kMalformed);
  EXPECT_EQ(scanner.error().text, tokens("[1,]").substr(std::string_view("[#(1)!").size()));
}

TEST(JsonScan, BoundsItsDepth) {
  EXPECT_EQ(tokens(std::string(64, '[') + std::string(64, ']')).find('!'), std::string::npos);
  EXPECT_NE(tokens(std::string(65, '[') + std::string(65, ']')).find("nested too deeply"), std::string::npos);
}

TEST(JsonScan, UnescapesPairsAndLoneSurrogates) {
  EXPECT_EQ(unescape(R"(a\"\\\/\b\n\u0041\u00e9\ud83d\ude00)"), "a\"\\/\b\nA\xc3\xa9\xf0\x9f\x98\x80");
  EXPECT_EQ(unescape(R"(\ud83dx)"), "\xef\xbf\xbdx");
}

TEST(JsonScan, EscapesSoThatItReadsBack) {
  const std::string text = "q\" b\\ n\n \x01 \x7f \xc3\xa9";
  EXPECT_EQ(unescape(to_string_literal(text).substr(1, to_string_literal(text).size() - 2)), text);
  EXPECT_EQ(to_string_literal("\xff"), "\"\xef\xbf\xbd\"");
}

}  // namespace
}  // namespace cvr::json
