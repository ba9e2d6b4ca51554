#include "bundle/partner_report.h"

#include "bundle/plain_language.h"
#include "evidence_kit.h"
#include "support/golden.h"

namespace cvr::bundle {
namespace {

class PartnerReport : public ::testing::TestWithParam<std::pair<test::Monday, const char*>> {};

TEST_P(PartnerReport, IsPlain) {
  const auto made = test::make_evidence(GetParam().first);
  const Document report = partner_report(made.evidence);
  cvr::test::expect_golden("bundle/partners-" + std::string(GetParam().second) + ".md", to_markdown(report));
  const std::string plain = to_plain(report);
  EXPECT_EQ(banned_words(plain), std::vector<std::string>());
  EXPECT_LE(reading_grade(plain), 9.0);
  EXPECT_NE(plain.find("report/vendor.html"), std::string::npos);
  EXPECT_EQ(plain.find("brevity"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(Story, PartnerReport,
                         ::testing::Values(std::pair{test::Monday::kPermissionLost, "established"},
                                           std::pair{test::Monday::kOurFault, "our-fault"},
                                           std::pair{test::Monday::kNothing, "nothing"},
                                           std::pair{test::Monday::kOnceForbidden, "once-forbidden"},
                                           std::pair{test::Monday::kRecovered, "recovered"}));

TEST(PartnerReport, BlamesNobodyBelowEstablished) {
  for (const test::Monday which : {test::Monday::kOurFault, test::Monday::kNothing}) {
    const auto made = test::make_evidence(which);
    ASSERT_EQ(made.told.verdict().level, diagnose::Level::kNotProven);
    const std::string plain = to_plain(partner_report(made.evidence));
    EXPECT_EQ(plain.find("side of Avinode"), std::string::npos);
    EXPECT_NE(plain.find("not proven"), std::string::npos);
    EXPECT_NE(plain.find("our own side"), std::string::npos);
  }
}

TEST(PartnerReport, WithoutACaseIsLeftOut) {
  const auto made = test::make_evidence(test::Monday::kPermissionLost, false);
  const std::string plain = to_plain(partner_report(made.evidence));
  EXPECT_NE(plain.find("left out"), std::string::npos);
  EXPECT_EQ(plain.find("Avinode"), std::string::npos);
}

}  // namespace
}  // namespace cvr::bundle
