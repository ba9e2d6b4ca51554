#include "redact/spelling.h"

#include <set>

#include "kit.h"

namespace cvr::redact {
namespace {

std::string letters(std::string_view text) {
  const Hmac hmac(test_key().bytes);
  Spelling spelling{std::string(text)};
  for (std::size_t i = 0; i < text.size(); ++i) {
    if ((text[i] | 0x20) >= 'a' && (text[i] | 0x20) <= 'z') spelling.free_letter(i);
  }
  return spelling.changed(hmac);
}

TEST(Spelling, CaseAndPunctuationDoNotChangeTheLetters) {
  const std::string lower = letters("anna-svensson");
  EXPECT_EQ(letters("anna svensson"), lower.substr(0, 4) + ' ' + lower.substr(5));
  std::string upper = letters("ANNA-SVENSSON");
  for (char& c : upper) c = c == '-' ? c : static_cast<char>(c + 32);
  EXPECT_EQ(upper, lower);
}

TEST(Spelling, LongTextsComeFromAStreamAndDiffer) {
  std::set<std::string> seen;
  for (int i = 0; i < 500; ++i) {
    const std::string text = test::random_text(30, "abcdefghijklmnopqrstuvwxyz");
    const std::string by = letters(text);
    EXPECT_EQ(by.size(), text.size());
    EXPECT_NE(by, text);
    EXPECT_TRUE(seen.insert(by).second);
  }
}

TEST(Spelling, NothingFreeNothingChanged) {
  const Hmac hmac(test_key().bytes);
  EXPECT_EQ(Spelling("***").changed(hmac), "***");
  EXPECT_EQ(Spelling("").changed(hmac), "");
  Spelling zero("0");
  zero.free_first_digit(0);
  EXPECT_EQ(zero.changed(hmac), "0");
}

TEST(Spelling, WhatIsNotFreeCountsWhenGiven) {
  const Hmac hmac(test_key().bytes);
  Spelling spelling("abcdef");
  for (std::size_t i = 0; i < 6; ++i) spelling.free_letter(i);
  EXPECT_NE(spelling.changed(hmac, "one"), spelling.changed(hmac, "two"));
  EXPECT_NEAR(spelling.bits(), 28.2, 0.1);
}

}  // namespace
}  // namespace cvr::redact
