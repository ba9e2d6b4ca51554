// application/x-www-form-urlencoded: the values of sensitive names.  Anything is a form of sorts, so
// this never fails.
#include "redact/rules.h"
#include "redact/url.h"

namespace cvr::redact {

Result<void> collect_form(std::string_view text, const MediaType&, Context& context, Edits& edits) {
  collect_pairs(text, 0, text.size(), PairsOf::kForm, context, edits);
  return {};
}

}  // namespace cvr::redact
