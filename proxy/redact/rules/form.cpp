// application/x-www-form-urlencoded: the values of sensitive names.  Anything is a form of sorts, so
// this never fails.
#include "redact/coded_leaf.h"
#include "redact/rules.h"
#include "redact/url.h"

namespace cvr::redact {

Result<void> collect_form(std::string_view text, const MediaType& type, Context& context, Edits& edits) {
  // Clients send JSON under this type by mistake (curl -d).
  if (looks_like_json(text)) {
    const std::size_t before = edits.size();
    if (collect_json(text, type, context, edits)) return {};
    edits.resize(before);
  }
  if (text.starts_with("%7B") ? collect_coded(text, context, edits) : collect_packed(text, context, edits)) return {};
  collect_pairs(text, 0, text.size(), PairsOf::kForm, context, edits);
  return {};
}

}  // namespace cvr::redact
