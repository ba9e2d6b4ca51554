#include "redact/rules.h"

#include <algorithm>

namespace cvr::redact {
namespace {

constexpr BodyRule kRules[] = {
    {BodyForm::kJson, "json", collect_json},       {BodyForm::kJsonLines, "json-lines", collect_json_lines},
    {BodyForm::kEvents, "events", collect_events}, {BodyForm::kForm, "form", collect_form},
    {BodyForm::kMarkup, "markup", collect_markup}, {BodyForm::kMultipart, "multipart", collect_multipart},
    {BodyForm::kText, "text", collect_text},       {BodyForm::kBinary, "binary", collect_binary},
};

}  // namespace

const BodyRule& rule_for(BodyForm form) {
  const auto* found = std::ranges::find(kRules, form, &BodyRule::form);
  CVR_CHECK(found != std::end(kRules));
  return *found;
}

}  // namespace cvr::redact
