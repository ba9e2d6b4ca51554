// Bytes without names: images, archives, anything.  Only the ledger and the patterns look at them;
// when these find nothing the body stays byte-equal.
#include "redact/coded_leaf.h"
#include "redact/rules.h"

namespace cvr::redact {

// Base64 or hex of a text is no picture.
Result<void> collect_binary(std::string_view text, const MediaType&, Context& context, Edits& edits) {
  (void)collect_coded_body(text, context, edits);
  return {};
}

}  // namespace cvr::redact
