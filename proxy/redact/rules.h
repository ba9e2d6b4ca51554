// Body rules: one a form of body, one file in rules/, one line in the table of rules.cpp.  A rule
// finds the values whose *names* say that they are secret, at any depth, and learns them; the
// ledger and the patterns run over the same bytes afterwards.  A rule that can not read the body
// answers an Error, and the body is left out.
#pragma once

#include <string_view>

#include "cvr/result.h"
#include "redact/context.h"
#include "redact/media_type.h"

namespace cvr::redact {

// Appends edits for `text`, whose offsets begin at 0.
using CollectBody = Result<void> (*)(std::string_view text, const MediaType& type, Context& context, Edits& edits);

struct BodyRule {
  BodyForm form;
  std::string_view name;
  CollectBody collect;
};

const BodyRule& rule_for(BodyForm form);

Result<void> collect_json(std::string_view text, const MediaType& type, Context& context, Edits& edits);
Result<void> collect_json_lines(std::string_view text, const MediaType& type, Context& context, Edits& edits);
Result<void> collect_events(std::string_view text, const MediaType& type, Context& context, Edits& edits);
Result<void> collect_form(std::string_view text, const MediaType& type, Context& context, Edits& edits);
Result<void> collect_multipart(std::string_view text, const MediaType& type, Context& context, Edits& edits);
Result<void> collect_markup(std::string_view text, const MediaType& type, Context& context, Edits& edits);
Result<void> collect_text(std::string_view text, const MediaType& type, Context& context, Edits& edits);
Result<void> collect_binary(std::string_view text, const MediaType& type, Context& context, Edits& edits);

}  // namespace cvr::redact
