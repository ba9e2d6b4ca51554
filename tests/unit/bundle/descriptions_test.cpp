#include "bundle/descriptions.h"

#include "base/json_scan.h"
#include "bundle/digests.h"
#include "evidence_kit.h"

namespace cvr::bundle {
namespace {

void expect_json(const std::string& text) {
  json::Scanner scanner(text);
  for (;;) {
    const auto token = scanner.next();
    ASSERT_TRUE(token) << text.substr(0, 200);
    if (*token == json::Token::kEnd) return;
  }
}

TEST(Descriptions, AreJsonAndListTheFiles) {
  const auto made = test::make_evidence(test::Monday::kPermissionLost);
  const Members members = {{"a.txt", "abc", "text/plain", "record", "vendor"}};
  const std::string manifest = manifest_json(made.evidence, cited(made.evidence), members);
  expect_json(manifest);
  expect_json(environment_json(made.evidence));
  expect_json(redaction_json(made.evidence));
  EXPECT_NE(manifest.find(sha256_hex("abc")), std::string::npos);
  for (const char* key :
       {"schema", "bundle_id", "tool", "case", "window", "sources", "claims", "limits", "redaction", "files"}) {
    EXPECT_NE(manifest.find("\"" + std::string(key) + "\""), std::string::npos) << key;
  }
}

TEST(Descriptions, TheReadmeSaysWhatIsNotProven) {
  const auto made = test::make_evidence(test::Monday::kOurFault);
  const std::string text = readme_text(made.evidence, "f1ngerpr1nt");
  for (const char* words : {"sha256sum -c SHA256SUMS", "openssl pkeyutl", "openssl dgst", "f1ngerpr1nt",
                            "not that the traffic was honest", "NOT PROVEN"}) {
    EXPECT_NE(text.find(words), std::string::npos) << words;
  }
}

}  // namespace
}  // namespace cvr::bundle
