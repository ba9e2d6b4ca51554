#include "bundle/developer_report.h"

#include "evidence_kit.h"
#include "support/golden.h"

namespace cvr::bundle {
namespace {

TEST(DeveloperReport, IsTheGolden) {
  const auto made = test::make_evidence(test::Monday::kOurFault);
  const std::string html = developer_html(made.evidence);
  cvr::test::expect_golden("bundle/developer.html", html);
  for (const diagnose::Rule& rule : diagnose::rules()) {
    EXPECT_NE(html.find("<td class=\"whole\">" + std::string(rule.id) + "</td>"), std::string::npos) << rule.id;
  }
  EXPECT_EQ(html.find("<script"), std::string::npos);
}

}  // namespace
}  // namespace cvr::bundle
