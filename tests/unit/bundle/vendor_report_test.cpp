#include "bundle/vendor_report.h"

#include "evidence_kit.h"
#include "support/golden.h"

namespace cvr::bundle {
namespace {

TEST(VendorReport, IsTheGolden) {
  const auto made = test::make_evidence(test::Monday::kPermissionLost);
  cvr::test::expect_golden("bundle/vendor.md", to_markdown(vendor_report(made.evidence)));
  cvr::test::expect_golden("bundle/vendor.html", to_html(vendor_report(made.evidence)));
}

TEST(VendorReport, SaysWhenOurSideFails) {
  const auto made = test::make_evidence(test::Monday::kOurFault);
  const std::string plain = to_plain(vendor_report(made.evidence));
  EXPECT_NE(plain.find("client's own side failed (C05"), std::string::npos) << plain;
  EXPECT_NE(plain.find("NOT PROVEN"), std::string::npos);
}

}  // namespace
}  // namespace cvr::bundle
