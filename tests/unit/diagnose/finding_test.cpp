#include "diagnose/finding.h"

namespace cvr::diagnose {
namespace {

TEST(Finding, TheAnswersOfARule) {
  EXPECT_EQ(pass("x").hit, std::optional(false));
  EXPECT_EQ(noted("x", {}).outcome, Outcome::kPass);
  EXPECT_TRUE(noted("x", {}).is_hit());
  EXPECT_TRUE(warn("x", {}, "y").is_hit());
  EXPECT_EQ(fault("x", {}, "y").outcome, Outcome::kFail);
  EXPECT_EQ(unknown("x").hit, std::nullopt);
  EXPECT_TRUE(redacted_away("x", "y").redacted_away);
  EXPECT_EQ(not_applicable("x").hit, std::nullopt);
  EXPECT_FALSE(not_applicable("x").is_hit());
}

TEST(Finding, Words) {
  EXPECT_EQ(to_string(Side::kVendorOutage), "vendor-outage");
  EXPECT_EQ(to_string(Side::kMeta), "meta");
  EXPECT_EQ(to_string(Outcome::kNotApplicable), "not_applicable");
}

}  // namespace
}  // namespace cvr::diagnose
