#include "redact/rules.h"

namespace cvr::redact {
namespace {

TEST(Rules, EveryFormHasOne) {
  for (const BodyForm form : {BodyForm::kJson, BodyForm::kJsonLines, BodyForm::kForm, BodyForm::kMultipart,
                              BodyForm::kMarkup, BodyForm::kText, BodyForm::kBinary}) {
    EXPECT_EQ(rule_for(form).form, form);
    EXPECT_NE(rule_for(form).collect, nullptr);
  }
  EXPECT_EQ(rule_for(BodyForm::kJson).name, "json");
}

}  // namespace
}  // namespace cvr::redact
