#include "diagnose/case_file.h"

namespace cvr::diagnose {
namespace {

TEST(CaseTemplate, ItIsSoundAndNamesWhatIsToBeFilledIn) {
  const auto read = read_case(case_template(), "case.toml");
  ASSERT_TRUE(read) << read.error().text;
  EXPECT_EQ(read->missing,
            (std::vector<std::string>{"case.id", "case.title", "case.vendor", "case.environment", "case.from",
                                      "case.to", "case.date", "impact.since", "impact.lines", "step.what", "step.owner",
                                      "step.timeline", "step.status", "contact.name", "contact.reach"}));
}

// What it offers in comments is known too.
TEST(CaseTemplate, WhatItOffersIsKnown) {
  std::string text;
  const std::string all = case_template();
  for (std::size_t begin = 0; begin < all.size();) {
    const std::size_t end = all.find('\n', begin);
    std::string line = all.substr(begin, end - begin);
    const bool offers = line.starts_with("# [") || (line.starts_with("# ") && line.find(" = ") != std::string::npos);
    text += (offers ? line.substr(2) : line) + "\n";
    begin = end + 1;
  }
  EXPECT_TRUE(read_case(text, "case.toml")) << read_case(text, "case.toml").error().text;
}

}  // namespace
}  // namespace cvr::diagnose
