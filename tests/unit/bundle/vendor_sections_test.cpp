#include "bundle/vendor_sections.h"

#include "evidence_kit.h"

namespace cvr::bundle {
namespace {

TEST(VendorSections, MarkWhatIsAttestedAndNotChecked) {
  const auto made = test::make_evidence(test::Monday::kPermissionLost);
  Document out("t");
  account_configuration(made.evidence, out);
  attachments(made.evidence, out);
  const std::string plain = to_plain(out);
  for (const char* words : {"Attested, not checked by the tool", "view only", "integration lead", "atrip-71000501",
                            "attachments/notes.txt", "not checked by the tool"}) {
    EXPECT_NE(plain.find(words), std::string::npos) << words;
  }
}

TEST(VendorSections, AskAboutWhatWasFound) {
  const auto made = test::make_evidence(test::Monday::kPermissionLost);
  Document out("t");
  questions(made.evidence, out);
  authentication_results(made.evidence, out);
  decoded_claims(made.evidence, out);
  const std::string plain = to_plain(out);
  for (const char* words : {"Which permissions does this account hold", "bearer (JWT)", "avitenant", "avitype"}) {
    EXPECT_NE(plain.find(words), std::string::npos) << words;
  }
}

TEST(VendorSections, OfNothingInventNothing) {
  const auto made = test::make_evidence(test::Monday::kNothing, false);
  Document out("t");
  authentication_results(made.evidence, out);
  decoded_claims(made.evidence, out);
  account_configuration(made.evidence, out);
  EXPECT_NE(to_plain(out).find("none on record"), std::string::npos);
}

}  // namespace
}  // namespace cvr::bundle
