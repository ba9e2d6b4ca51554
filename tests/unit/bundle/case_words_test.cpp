#include "bundle/case_words.h"

namespace cvr::bundle {
namespace {

TEST(CaseWords, EachKeyAndWordOnce) {
  diagnose::Case c;
  c.title = "All calls say 401 and the token is bad";
  c.impact_lines = {"Bookings can not be made.", "NOT_AUTHORIZED, NOT_AUTHORIZED"};
  c.steps.push_back({"Check the OAuth header", "Me", "Wed", "open"});
  c.contact.reach = "+1 202 555 0100";
  EXPECT_EQ(technical_words(c),
            (std::vector<std::string>{"case.title: 401", "case.title: token", "impact.lines: NOT_AUTHORIZED",
                                      "step.what: OAuth", "step.what: header"}));
  c.contact.reach = "https://example.test";
  EXPECT_EQ(technical_words(c).back(), "contact.reach: https");
}

TEST(CaseWords, PlainWordsHaveNoneAndManyAreCut) {
  diagnose::Case c;
  c.title = "Access to the test system after the weekly rebuild";
  EXPECT_TRUE(technical_words(c).empty());
  for (int i = 0; i < 100; ++i) c.impact_lines.push_back("CODE_" + std::to_string(i));
  EXPECT_LE(technical_words(c).size(), 20u);
}

}  // namespace
}  // namespace cvr::bundle
