// Bytes without names: images, archives, anything.  Only the ledger and the patterns look at them;
// when these find nothing the body stays byte-equal.
#include "redact/rules.h"

namespace cvr::redact {

Result<void> collect_binary(std::string_view, const MediaType&, Context&, Edits&) { return {}; }

}  // namespace cvr::redact
