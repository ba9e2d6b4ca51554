#include "app/editing.h"

#include "cvr/matcher.h"
#include "exporters/edit_form.h"
#include "hand_made.h"
#include "profiles/profile.h"
#include "support/random.h"

namespace cvr::app {
namespace {

class EditingTest : public testing::Test {
 protected:
  Result<Edited> edit(const RedactedParts& old, std::string_view what, const std::string& by,
                      std::vector<std::string> secrets = {}) {
    RedactorOptions options;
    options.profile = &profiles::default_profile();
    options.secrets = std::move(secrets);
    const Redactor redactor(std::move(options));
    std::string form = exporters::edit_form(old, "test");
    const std::size_t at = form.find(what);
    EXPECT_NE(at, std::string::npos);
    return checked_edit(old, form.replace(at, what.size(), by), redactor, rules_);
  }
  const match::MatchRules rules_ = match::rules_for(profiles::default_profile());
};

TEST_F(EditingTest, AChangeIsKeyedAnew) {
  const auto out = edit(answered("GET", "/a", 200), "example/a", "example/other");
  ASSERT_TRUE(out) << out.error().text;
  EXPECT_EQ(out->interaction->request.path.text, "/other");
  EXPECT_EQ(out->interaction->key, match::key_of(out->interaction->request, rules_));
  EXPECT_FALSE(out->redacted);
}

TEST_F(EditingTest, ATypedCredentialIsRedacted) {
  const std::string typed = test::random_base64url(32);
  const auto out = edit(answered("GET", "/a", 200), "Accept: ", "Authorization: Bearer " + typed + "\nAccept: ");
  ASSERT_TRUE(out) << out.error().text;
  EXPECT_TRUE(out->redacted);
  const RedactedField& field = out->interaction->request.fields.front();
  EXPECT_EQ(field.value.text.find(typed), std::string::npos);
  EXPECT_FALSE(field.value.spans.empty());
}

TEST_F(EditingTest, AKnownSecretIsRedactedWhereverItIsTyped) {
  const std::string secret = test::random_base64url(24);
  const auto out = edit(answered("GET", "/a", 200, R"({"note":"x"})"), "\"x\"", "\"so " + secret + "\"", {secret});
  ASSERT_TRUE(out) << out.error().text;
  EXPECT_EQ(out->interaction->response->body.content.text.find(secret), std::string::npos);
}

TEST_F(EditingTest, WhatDoesNotParseChangesNothing) {
  const auto out = edit(answered("GET", "/a", 200), "=== end", "");
  ASSERT_FALSE(out);
  EXPECT_EQ(out.error().code, ErrorCode::kUsage);
}

}  // namespace
}  // namespace cvr::app
