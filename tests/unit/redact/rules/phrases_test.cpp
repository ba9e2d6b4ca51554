#include "redact/rules/phrases.h"

#include "kit.h"

namespace cvr::redact {
namespace {

TEST(Phrases, GoOnToTheEndOfTheirLine) {
  for (const char* text : {"user: bob\npassword: %\n", "password: %\nuser: bob",
                           "user: bob\r\n  password: %\r\nhost: x", "[db]\npassword = %\n", "# login\npassword =%",
                           "user = bob\npassword = %  ; of staging\n", "user: bob\ndb_password:\t%"}) {
    for (const char* phrase :
         {"three word phrase", "Correct Horse Battery", "maple lake 45678 window", "x7 K9!fq2 b"}) {
      const std::string before(text, std::string_view(text).find('%'));
      const std::string after(text + before.size() + 1);
      Kit kit;
      const std::string p = kit.pseudonyms.of(phrase);
      EXPECT_EQ(kit.ruled(collect_text, before + phrase + after, "text/plain").text, before + p + after) << text;
    }
  }
}

TEST(Phrases, InAStringOfJson) {
  Kit kit;
  const std::string phrase = "maple lake " + test::random_text(5, "123456789") + " window";
  const auto body = [](const std::string& by) { return R"({"p":"user: bob\npassword: )" + by + R"(\n"})"; };
  EXPECT_EQ(kit.ruled(collect_json, body(phrase)).text, body(kit.pseudonyms.of(phrase)));
  EXPECT_NE(kit.ledger.find(phrase), nullptr);
}

TEST(Phrases, AFirstWordThatMayBeAllOfItIsLearnedToo) {
  Kit kit;
  const std::string word = test::random_hex(16);
  kit.ruled(collect_text, "user: bob\npassword: " + word + " (rotated twice)\n", "text/plain");
  EXPECT_NE(kit.ledger.find(word), nullptr);
}

TEST(Phrases, SignsAtWhichOtherValuesEndBelongToThem) {
  Kit kit;
  for (const std::string phrase : {"x7Kq/9&+ fGh3K", "x7Kq&9fGh3K", "MapleLake45 SunsetFly34"}) {
    const std::string p = kit.pseudonyms.of(phrase);
    EXPECT_EQ(kit.ruled(collect_text, "USER=bob\nDB_PASSWORD: " + phrase + "\n", "text/plain").text,
              "USER=bob\nDB_PASSWORD: " + p + "\n");
  }
  const std::string phrase = "MapleLake45 SunsetFly34";
  EXPECT_EQ(kit.ruled(collect_text, "USER=bob\nDB_PASSWORD=" + phrase + "\n", "text/plain").text,
            "USER=bob\nDB_PASSWORD=" + kit.pseudonyms.of(phrase) + "\n");
}

TEST(Phrases, ProseIsNone) {
  for (const std::string value :
       {"must be 8 characters", "at least eight characters", "changed by admin", "reset last week", "not set",
        "see the handbook", "is wrong", "string not null", "varchar 255", "leave it blank.", "what was it?",
        "one, two, three", "first: second third", "abc def=ghi jkl",
        "one two three four five six seven eight nine ten "
        "eleven",
        "reset password"}) {
    const std::string text = "user: bob\npassword: " + value + "\nhost: x";
    const std::size_t from = text.find(value);
    const std::size_t word = text.find(' ', from);
    EXPECT_EQ(phrase_end(text, 10, 18, from, word), word) << value;
    const std::string json = "{\"p\":\"user: bob\\npassword: " + value + "\\n\"}";
    Kit kit;
    EXPECT_EQ(kit.ruled(collect_json, json).text, json);
  }
}

TEST(Phrases, OnlyInLinesOfSettings) {
  const auto goes_on = [](const std::string& text) {
    const std::size_t name = text.find("password");
    const std::size_t sign = text.find_first_of(":=", name);
    const std::size_t from = text.find_first_not_of(" \t", sign + 1);
    const std::size_t word = std::min(text.find_first_of(" \n", from), text.size());
    return phrase_end(text, name, sign, from, word) > word;
  };
  EXPECT_TRUE(goes_on("a: b\npassword: three word phrase\n"));
  EXPECT_FALSE(goes_on("password: three word phrase"));
  EXPECT_TRUE(goes_on("password: MapleLake45 SunsetFly34"));
  EXPECT_FALSE(goes_on("It said\npassword: three word phrase\nand stopped"));
  EXPECT_FALSE(goes_on("a: b\nThe password: three word phrase\nc: d"));
  EXPECT_FALSE(goes_on("A=b\npassword=three ./run fast\n"));  // of a shell
  EXPECT_FALSE(goes_on("a: b\npassword: single\nc: d"));
  EXPECT_FALSE(goes_on("a: b\npassword: two words\nc: d"));
  EXPECT_FALSE(goes_on("a: b\npassword: three word " + std::string(300, 'x') + "\nc: d"));
  EXPECT_FALSE(goes_on("a: b\n" + std::string(20, ' ') + "password: three word phrase\nc: d"));
  EXPECT_FALSE(goes_on(std::string(1, '\n') + "password: three word phrase\n" + std::string(500, '\n')));
}

TEST(Phrases, PassphrasesInLists) {
  for (const char* value : {"maple lake 45678 window", "x7Kq/9&+ fghij", "MapleLake45 SunsetFly34"}) {
    EXPECT_TRUE(is_passphrase(value)) << value;
  }
  for (const char* value : {"", " ", "one", " 45678 window", "45678 window ", "New York", "New York 2024", "123 456",
                            "the db password", "stripe-key live", "api key 2", "2026-01-01 10:00:00"}) {
    EXPECT_FALSE(is_passphrase(value)) << value;
  }
  EXPECT_FALSE(is_passphrase(std::string(100'000, 'a') + " 45678"));
}

}  // namespace
}  // namespace cvr::redact
