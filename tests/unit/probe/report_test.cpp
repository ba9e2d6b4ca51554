#include "unit/probe/kit.h"

namespace cvr::probe {
namespace {

// The plan of the tests whose "oauth" may be guessed.
profiles::Plan guessing() {
  std::string text = test::kPlan;
  const std::string_view when = "when = { way = \"client_secret_post\" }\n";
  text.insert(text.find(when) + when.size(), "guess = true\n");
  return test::plan(text);
}

TEST(Report, AGuessIsATrialUntilSomebodySaysWhichWay) {
  const profiles::Plan plan = guessing();
  Settings settings = test::all_settings();
  const auto way = [&settings](const std::string& value) {
    std::erase_if(settings, [](const auto& one) { return one.first == "VENDOR_WAY"; });
    if (!value.empty()) settings.emplace_back("VENDOR_WAY", value);
  };
  way("client_secret_post");
  EXPECT_FALSE(is_trial(plan.methods[1], *Credentials::read(plan, {settings})));
  way("client_secret_basic");
  const auto other = *Credentials::read(plan, {settings});
  EXPECT_FALSE(is_trial(plan.methods[1], other));
  EXPECT_NE(obstacle_of(plan.methods[1], other).find("VENDOR_WAY is not client_secret_post"), std::string::npos);
  way("");
  const auto untold = *Credentials::read(plan, {settings});
  EXPECT_TRUE(is_trial(plan.methods[1], untold));
  EXPECT_TRUE(obstacle_of(plan.methods[1], untold).empty());
  EXPECT_FALSE(is_trial(test::plan().methods[1], untold));
  EXPECT_NE(obstacle_of(test::plan().methods[1], untold), "");
}

TEST(Report, PassesWhenNothingFailedAndSomeMethodWorks) {
  Report report;
  EXPECT_TRUE(report.passed());
  report.needs_method = true;
  EXPECT_FALSE(report.passed());
  report.accepted = "static";
  EXPECT_TRUE(report.passed());
  report.rows.resize(1);
  report.rows[0].outcome = Row::Outcome::kFail;
  EXPECT_EQ(report.count(Row::Outcome::kFail), 1u);
  EXPECT_FALSE(report.passed());
}

}  // namespace
}  // namespace cvr::probe
