// Bytes: images, archives, anything.  But for maps of MessagePack and CBOR only the ledger and the patterns look at
// them; when these find nothing the body stays byte-equal.
#include "redact/coded_leaf.h"
#include "redact/rules.h"
#include "redact/rules/packed.h"

namespace cvr::redact {

// Base64 or hex of a text is no picture.
Result<void> collect_binary(std::string_view text, const MediaType& type, Context& context, Edits& edits) {
  if (!collect_coded_body(text, context, edits)) collect_packed_maps(text, type.essence, context, edits);
  return {};
}

}  // namespace cvr::redact
