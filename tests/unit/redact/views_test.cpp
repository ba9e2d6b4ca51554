#include "redact/views.h"

#include "support/random.h"

namespace cvr::redact {
namespace {

TEST(Views, Decode) {
  EXPECT_EQ(decode("a%41%zz%4", View::kPercent), "aA%zz%4");
  EXPECT_EQ(decode("a+b%2B", View::kPercent), "a+b+");
  EXPECT_EQ(decode("a+b%2B", View::kPercentPlus), "a b+");
  EXPECT_EQ(decode(R"(\u0041\/\"\\n\q\u12)", View::kJson), "A/\"\\n\\q\\u12");
  EXPECT_EQ(decode(R"(\ud83d\ude00)", View::kJson), "\xf0\x9f\x98\x80");
  EXPECT_EQ(decode("&amp;&#65;&#x42;&lt;&nbsq;&#;&#x;&#99999999;&", View::kHtml), "&AB<&nbsq;&#;&#x;&#99999999;&");
}

TEST(Views, DecodeWhatJoins) {
  EXPECT_EQ(decode("<![CDATA[abc]]><![CDATA[def]]>", View::kHtml), "abcdef");
  EXPECT_EQ(decode("a=3Db=C3=A4=\r\nc=\nd=", View::kQuoted),
            "a=b\xc3\xa4"
            "cd=");
  EXPECT_EQ(decode("QUJDREVG\r\n  R0hJSktM\nTU5P", View::kUnfolded), "QUJDREVGR0hJSktMTU5P");
  EXPECT_EQ(decode("short\nlines\n.\n", View::kUnfolded), "short\nlines\n.\n");
  EXPECT_EQ(decode("\\x41\\x4", View::kJson), "A\\x4");
}

TEST(Views, LiftKeepsLineBreaksOfBase64) {
  const std::string source = "x QUJDREVG\r\nR0hJSktM y";
  Edits edits = lift(source, View::kUnfolded, {{2, 18, Kind::kToken, "ledger", "abcdefghijklmnop"}});
  EXPECT_EQ(source.substr(edits[0].begin, edits[0].end - edits[0].begin), "QUJDREVG\r\nR0hJSktM");
  EXPECT_EQ(edits[0].text, "abcdefgh\r\nijklmnop");
}

TEST(Views, OnlyWhereThereIsSomethingToDecode) {
  EXPECT_FALSE(has_view("100% of a&b \\q", View::kPercent));
  EXPECT_FALSE(has_view("100% of a&b \\q", View::kJson));
  EXPECT_FALSE(has_view("100% of a&b \\q", View::kHtml));
  EXPECT_TRUE(has_view("a%20b", View::kPercent));
  EXPECT_TRUE(has_view("a\\/b", View::kJson));
  EXPECT_TRUE(has_view("a&#9;b", View::kHtml));
}

TEST(Views, EncodeIsTheInverse) {
  const std::string text = test::random_text(200, "ab%+&<>\"'\\/ \n\xc3\xa4");
  for (const View view : {View::kPercent, View::kPercentPlus, View::kHtml, View::kQuoted})
    EXPECT_EQ(decode(encode(text, view), view), text);
  EXPECT_EQ(decode(encode("q\"\\/\n", View::kJson), View::kJson), "q\"\\/\n");
}

TEST(Views, LiftCoversWholeUnits) {
  const std::string source = "x%41%42C%44y";  // means xABCDy
  Edits edits = {{1, 3, Kind::kToken, "r", "a b"},
                 {4, 5, Kind::kToken, "r", "z"},
                 {5, 6, Kind::kToken, "r", {}, Edit::Action::kKeep}};
  edits = lift(source, View::kPercent, std::move(edits));
  EXPECT_EQ(source.substr(edits[0].begin, edits[0].end - edits[0].begin), "%41%42");
  EXPECT_EQ(edits[0].text, "a%20b");
  EXPECT_EQ(source.substr(edits[1].begin, edits[1].end - edits[1].begin), "%44");
  EXPECT_EQ(source.substr(edits[2].begin, edits[2].end - edits[2].begin), "y");
}

TEST(Views, AllSideBySide) {
  EXPECT_EQ(decode(R"(%41\u0042&#67;+%5Cu0044)", View::kAll), R"(ABC+\u0044)");
  EXPECT_EQ(coding_of("a&amp;%41"), View::kHtml);
  EXPECT_EQ(coding_of("a\\/"), View::kJson);
  EXPECT_EQ(coding_of("a%41"), View::kPercent);
  EXPECT_EQ(coding_of("plain"), View::kPercent);
  const std::string source = R"(a%41b \u0043d)";  // means aAb Cd
  const Edits edits = lift(source, View::kAll, {{0, 3, Kind::kToken, "r", "x\"y"}, {4, 6, Kind::kToken, "r", "x\"y"}});
  EXPECT_EQ(edits[0].text, "x%22y");
  EXPECT_EQ(edits[1].text, "x\\\"y");
}

TEST(Views, LiftInTheMiddleOfACodePoint) {
  const std::string source = R"(\u00e4b)";  // two bytes of UTF-8, then b
  const Edits edits = lift(source, View::kJson, {{1, 3, Kind::kToken, "r", "z"}});
  EXPECT_EQ(edits[0].begin, 0u);
  EXPECT_EQ(edits[0].end, source.size());
}

TEST(Views, LiftAgreesWithDecodeForRandomTexts) {
  for (int i = 0; i < 300; ++i) {
    const std::string source = test::random_text(60, "a%41&#;x\\u0+");
    for (const View view : {View::kPercent, View::kPercentPlus, View::kJson, View::kHtml, View::kAll}) {
      const std::string plain = decode(source, view);
      const std::size_t begin = test::rng()() % (plain.size() + 1);
      const std::size_t end = begin + test::rng()() % (plain.size() - begin + 1);
      if (begin == end) continue;
      const Edits edits = lift(source, view, {{begin, end, Kind::kToken, "r", ""}});
      // What begins with a unit reads as it does in the whole; the end of a text may read otherwise ("&#x1").
      const std::string from = decode(source.substr(edits[0].begin), view);
      const std::string behind = decode(source.substr(edits[0].end), view);
      EXPECT_TRUE(plain.ends_with(from) && from.size() >= plain.size() - begin) << source;
      EXPECT_TRUE(plain.ends_with(behind) && behind.size() <= plain.size() - end) << source;
    }
  }
}

}  // namespace
}  // namespace cvr::redact
