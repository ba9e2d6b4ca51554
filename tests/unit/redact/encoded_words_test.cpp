#include "redact/encoded_words.h"

#include "base/base64.h"
#include "support/random.h"

namespace cvr::redact {
namespace {

TEST(EncodedWords, BothCodings) {
  const auto b = next_encoded_words("Subject: =?UTF-8?B?" + base64_encode("J\xc3\xbcrg") + "?= x", 0);
  ASSERT_TRUE(b);
  EXPECT_EQ(b->plain, "J\xc3\xbcrg");
  EXPECT_EQ(b->begin, 9u);
  const auto q = next_encoded_words("=?iso-8859-1?q?a=2Bb_c=5F?=", 0);
  ASSERT_TRUE(q);
  EXPECT_EQ(q->plain, "a+b c_");
  EXPECT_EQ(q->literal, "a+b_c_");
}

TEST(EncodedWords, ASequenceIsOneText) {
  const auto words = next_encoded_words("x =?u?Q?ab?=\r\n =?u?B?Y2Q=?= =?u?Q?ef?= tail", 0);
  ASSERT_TRUE(words);
  EXPECT_EQ(words->plain, "abcdef");
  EXPECT_EQ(words->end, std::string_view("x =?u?Q?ab?=\r\n =?u?B?Y2Q=?= =?u?Q?ef?=").size());
}

TEST(EncodedWords, WordsAreAsLongAsTheyAre) {
  const std::string token = test::random_hex(9200);
  for (const std::size_t cut : {3, 9, 12, 20, 5000}) {
    const std::string text = "=?u?B?" + base64_encode(token.substr(0, cut)) + "?= =?u?q?" + token.substr(cut) + "?=";
    const auto words = next_encoded_words(text, 0);
    ASSERT_TRUE(words) << cut;
    EXPECT_EQ(words->plain, token);
    EXPECT_EQ(words->end, text.size());
  }
}

TEST(EncodedWords, WhatIsNoneIsPassedOver) {
  for (const std::string_view text :
       {"=?", "=?u", "=?u?X?ab?=", "=?u?Q?a b?=", "=?u?B?!!?=", "=?u?Q?never", "=?=?=?=?"}) {
    EXPECT_FALSE(next_encoded_words(text, 0)) << text;
  }
  std::string many;
  for (int i = 0; i < 20'000; ++i) many += "=?u?Q?";
  EXPECT_FALSE(next_encoded_words(many, 0));
  EXPECT_FALSE(next_encoded_words("=?u?Q?" + std::string(1u << 20, 'x'), 0));
}

TEST(EncodedWords, EncodeIsReadBack) {
  const auto words = next_encoded_words(encode_word("any \xff bytes"), 0);
  ASSERT_TRUE(words);
  EXPECT_EQ(words->plain, "any \xff bytes");
}

}  // namespace
}  // namespace cvr::redact
