#include "bundle/plain_language.h"

namespace cvr::bundle {
namespace {

using Words = std::vector<std::string>;

TEST(PlainLanguage, FindsTechnicalWords) {
  EXPECT_EQ(banned_words("The Token and the token are in a HTTP header"), (Words{"Token", "token", "HTTP", "header"}));
  EXPECT_EQ(banned_words("It said 403, NOT_AUTHORIZED, and a stack trace."),
            (Words{"403", "NOT_AUTHORIZED", "stack trace"}));
  EXPECT_EQ(banned_words("An API key"), Words{"API"});
}

TEST(PlainLanguage, LetsPlainWordsPass) {
  EXPECT_EQ(banned_words("API access is back. We made new access codes on 18 March 2026. See report/vendor.html."),
            Words());
  EXPECT_EQ(banned_words(""), Words());
}

TEST(PlainLanguage, GradesShortSentencesLow) {
  EXPECT_LT(reading_grade("The cat sat on the mat. It was warm."), 3);
  EXPECT_GT(reading_grade("Notwithstanding considerable organisational deliberation, characteristically international "
                          "telecommunications administrations incorporate sophisticated infrastructure"),
            15);
  EXPECT_EQ(reading_grade("- | -"), 0);
}

}  // namespace
}  // namespace cvr::bundle
