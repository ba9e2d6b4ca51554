#include "app/dotenv.h"

#include <algorithm>

#include "support/random.h"
#include "support/temporary_directory.h"

namespace cvr::app {
namespace {

using Pairs = Variables;

Pairs parsed(std::string_view text) {
  auto variables = parse_dotenv(text, ".env");
  EXPECT_TRUE(variables) << (variables ? "" : variables.error().text);
  return variables ? *variables : Pairs{};
}

TEST(Dotenv, PlainLines) {
  EXPECT_EQ(parsed("A=1\nB_b.c-9=two words \nEMPTY=\nEQUALS=a=b==\n"),
            (Pairs{{"A", "1"}, {"B_b.c-9", "two words"}, {"EMPTY", ""}, {"EQUALS", "a=b=="}}));
  EXPECT_EQ(parsed("A=1"), (Pairs{{"A", "1"}}));
  EXPECT_EQ(parsed(""), Pairs{});
}

TEST(Dotenv, CommentsExportAndSpace) {
  EXPECT_EQ(parsed("# a comment\n\n   # another\n  export A = 1\nexport B=2 # behind\nC=a#b\n\t D\t=\t3\t\n"),
            (Pairs{{"A", "1"}, {"B", "2"}, {"C", "a#b"}, {"D", "3"}}));
}

TEST(Dotenv, LineEndsOfOtherSystemsAndAByteOrderMark) {
  EXPECT_EQ(parsed("\xef\xbb\xbf"
                   "A=1\r\nB=\"2\"\r\nC='3'\r\n\r\nD=\r\n"),
            (Pairs{{"A", "1"}, {"B", "2"}, {"C", "3"}, {"D", ""}}));
}

TEST(Dotenv, SingleQuotesAreLiteral) {
  EXPECT_EQ(parsed(R"(A='a "b" \n $C # d ')"), (Pairs{{"A", R"(a "b" \n $C # d )"}}));
}

TEST(Dotenv, DoubleQuotesKnowEscapes) {
  EXPECT_EQ(parsed(R"(A="a\nb \"c\" \\ 'd' # e \x")"), (Pairs{{"A", "a\nb \"c\" \\ 'd' # e \\x"}}));
}

TEST(Dotenv, AQuotedValueMaySpanLines) {
  EXPECT_EQ(parsed("KEY=\"first\nsecond\"\nB=2\nC='x\ny'\nD=4"),
            (Pairs{{"KEY", "first\nsecond"}, {"B", "2"}, {"C", "x\ny"}, {"D", "4"}}));
}

TEST(Dotenv, WhatStandsBehindAQuotedValueIsNoPartOfIt) {
  EXPECT_EQ(parsed("A=\"1\" # comment\nB=2"), (Pairs{{"A", "1"}, {"B", "2"}}));
}

TEST(Dotenv, ErrorsNameTheLineAndNeverTheText) {
  const std::string secret = test::random_text(20, "abcdefghijklmnop");
  struct Case {
    std::string text;
    const char* error;
  };
  for (const Case& c :
       {Case{"A=1\n" + secret + "\n", ".env:2: no '=' in this line (KEY=VALUE is needed)"},
        Case{"=" + secret, ".env:1: a key with a character that is not allowed"},
        Case{"\n\n" + secret + " " + secret + "=1", ".env:3: a key with a character that is not allowed"},
        Case{"A=\"x\ny\"\nB=\"" + secret + "\n\n", ".env:3: a quote that is not closed"},
        Case{"A='" + secret, ".env:1: a quote that is not closed"},
        Case{"A=\"" + secret + "\\\"", ".env:1: a quote that is not closed"},
        Case{"A=\"" + secret + "\\", ".env:1: a quote that is not closed"}}) {
    const auto variables = parse_dotenv(c.text, ".env");
    ASSERT_FALSE(variables);
    EXPECT_EQ(variables.error().code, ErrorCode::kUsage);
    EXPECT_EQ(variables.error().text, c.error);
  }
}

TEST(Dotenv, AnyBytesAreReadOrRefused) {
  for (int round = 0; round < 2000; ++round) {
    const std::string text = test::random_text(test::rng()() % 60, "A=\"'\\\n\r #x\t\xff");
    const auto variables = parse_dotenv(text, ".env");
    if (!variables) {
      EXPECT_EQ(variables.error().code, ErrorCode::kUsage);
    }
  }
}

TEST(Dotenv, ManyLinesTakeLinearTime) {
  // Counting the lines anew at each of them made this quadratic.
  std::string text;
  for (int i = 0; i < 300'000; ++i) text += "\nA=1";
  EXPECT_EQ(parsed(text).size(), 300'000U);
}

TEST(Dotenv, SecretsAreTheValuesOfAllFiles) {
  const test::TemporaryDirectory at;
  const auto secrets = load_secrets({at.write("a.env", "A=one\nB=\n"), at.write("b.env", "C='two'\n")});
  ASSERT_TRUE(secrets);
  EXPECT_EQ(*secrets, (std::vector<std::string>{"one", "two"}));
  EXPECT_TRUE(load_secrets({}).value().empty());
}

TEST(Dotenv, SecretsAreKnownAsOtherReadersReadThem) {
  test::TemporaryDirectory at;
  const auto secrets = load_secrets({at.write("a.env", R"(A="pa\$ss\tword"
B='it\'s mine' # said
C=one #two
D="plain" # no
export	E=tabbed
)")});
  ASSERT_TRUE(secrets) << secrets.error().text;
  for (const char* value :
       {"pa\\$ss\\tword", "pa$ss\tword", "it's mine", "it\\'s mine", "one", "one #two", "plain", "tabbed"}) {
    EXPECT_NE(std::ranges::find(*secrets, value), secrets->end()) << value;
  }
  EXPECT_EQ(std::ranges::find(*secrets, "\"plain\" # no"), secrets->end());
}

TEST(Dotenv, AFileThatCanNotBeReadIsNamed) {
  const test::TemporaryDirectory at;
  const auto missing = load_secrets({at.file("none.env")});
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::kEnvironment);
  EXPECT_NE(missing.error().text.find("none.env"), std::string::npos);
  const auto broken = load_secrets({at.write("broken.env", "A=1\nB")});
  ASSERT_FALSE(broken);
  EXPECT_NE(broken.error().text.find("broken.env:2: "), std::string::npos);
  const auto large = load_secrets({at.write("large.env", std::string(3 << 20, '#'))});
  ASSERT_FALSE(large);
  EXPECT_EQ(large.error().code, ErrorCode::kLimit);
}

TEST(Dotenv, BackticksAreLiteralAndNulIsRefused) {
  EXPECT_EQ(parsed("A=`a \"b\" \\n`\n"), (Pairs{{"A", "a \"b\" \\n"}}));
  EXPECT_FALSE(parse_dotenv(std::string_view("A=a\0b\n", 6), ".env"));
}

TEST(WeakSecrets, AreNamedWithoutTheirValues) {
  const test::TemporaryDirectory directory;
  const std::string file = directory.write("s.env", "A=abc12\nB=password\nEMPTY=\nGOOD=" + test::random_hex(30) + "\n");
  const auto weak = weak_secrets({file, directory.file("absent")});
  ASSERT_EQ(weak.size(), 2U);
  EXPECT_EQ(weak[0], file + ": A (5 characters): too short to be looked for; it is replaced in credential places only");
  EXPECT_TRUE(weak[1].starts_with(file + ": B (8 characters): an ordinary word")) << weak[1];
  EXPECT_EQ((weak[0] + weak[1]).find("abc12"), std::string::npos);
  EXPECT_EQ((weak[0] + weak[1]).find("password"), std::string::npos);
}

}  // namespace
}  // namespace cvr::app
