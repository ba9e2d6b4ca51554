#include "app/editing.h"

#include "base/escape.h"
#include "cvr/matcher.h"
#include "exporters/edit_form.h"

namespace cvr::app {

Result<Edited> checked_edit(const RedactedParts& old, std::string_view text, const Redactor& redactor,
                            const match::MatchRules& rules) {
  const auto parts = exporters::apply_edit(old, text);
  if (!parts) return fail(ErrorCode::kUsage, parts.error().text);
  Edited out{redactor.redact_again(*parts)};
  if (const auto leaks = redactor.leaks(*out.interaction); !leaks.empty()) {
    return fail(ErrorCode::kRefused,
                "nothing was changed: " + printable(leaks.front().place) + " would hold " + leaks.front().what);
  }
  RedactedParts as_written = *parts;
  as_written.key = out.interaction->key;
  out.redacted = !(*out.interaction == as_written);
  out.interaction.set_key(match::key_of(out.interaction->request, rules));
  return out;
}

}  // namespace cvr::app
