#include "redact/check.h"

#include "base/base64.h"
#include "support/random.h"

namespace cvr::redact {
namespace {

TEST(Check, RecognisesWhatItMarked) {
  for (std::string text :
       {test::random_uuid(), test::random_hex(32), test::random_hex(64), test::random_base64url(43), test::random_jwt(),
        std::string("0123456789012345678901"), std::string("ABCDEFABCDEFABCDEF")}) {
    EXPECT_FALSE(is_pseudonym(text));
    put_check(text, form_of(text));
    EXPECT_TRUE(is_pseudonym(text)) << text.size();
    text[0] = text[0] == '0' ? '1' : '0';
    EXPECT_FALSE(is_pseudonym(text));
  }
}

TEST(Check, KeepsClassesAndPunctuation) {
  std::string text = "ab-CD_12.ef:GH|34/ij+KL=56~";
  const std::string before = text;
  put_check(text, form_of(text));
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto kind = [](char c) { return std::isdigit(c) ? 0 : std::islower(c) ? 1 : std::isupper(c) ? 2 : c; };
    EXPECT_EQ(kind(text[i]), kind(before[i]));
  }
}

TEST(Check, HexMayTurnOutAllDigits) {
  // Among many marked hex texts some end in digits alone; each is still recognised.
  for (int i = 0; i < 2000; ++i) {
    std::string text = test::random_text(15, "0123456789") + "a";
    put_check(text, Form::kHexLower);
    EXPECT_TRUE(is_pseudonym(text));
  }
}

TEST(Check, ForeignTextsDoNotPass) {
  for (int i = 0; i < 20000; ++i) {
    EXPECT_FALSE(is_pseudonym(test::random_uuid()));
    EXPECT_FALSE(is_pseudonym(test::random_hex(16)));
    EXPECT_FALSE(is_pseudonym(test::random_base64url(16)));
  }
  EXPECT_FALSE(is_pseudonym(""));
  EXPECT_FALSE(is_pseudonym("----------------------------"));
}

TEST(Check, ShortTextsCarryNone) {
  EXPECT_FALSE(can_carry_check("abcdefghijklmno", Form::kClasses));
  EXPECT_TRUE(can_carry_check("abcdefghijklmnop", Form::kClasses));
  EXPECT_FALSE(can_carry_check("--------ab12---------", Form::kClasses));
}

TEST(Check, EscapesAreNotTouched) {
  EXPECT_FALSE(is_free("a\\nb", 2));
  EXPECT_TRUE(is_free("a\\nb", 3));
}

TEST(Check, Forms) {
  EXPECT_EQ(form_of("A3B1C5D7-0000-4000-8000-0123456789ab"), Form::kUuid);
  EXPECT_EQ(form_of("0123abcd"), Form::kHexLower);
  EXPECT_EQ(form_of("0123ABCD"), Form::kHexUpper);
  EXPECT_EQ(form_of("0123aBcd"), Form::kClasses);
  EXPECT_EQ(form_of("01234567"), Form::kClasses);
  EXPECT_FALSE(is_uuid("A3B1C5D7-0000-4000-8000-0123456789az"));
  EXPECT_FALSE(is_uuid("A3B1C5D7x0000-4000-8000-0123456789ab"));
}

}  // namespace
}  // namespace cvr::redact
