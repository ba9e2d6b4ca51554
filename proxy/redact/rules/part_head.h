// The head of one part of multipart/* (RFC 2046 section 5.1): what it says of its content, and its fields, which are
// read by the very rules of message heads, because clients put credentials there too.
#pragma once

#include <string>
#include <string_view>

#include "redact/context.h"
#include "redact/media_type.h"

namespace cvr::redact {

struct PartHead {
  std::string name;
  bool base64 = false;  // Content-Transfer-Encoding, which RFC 7578 section 4.7 deprecates
  MediaType type;
};
PartHead parse_part_head(std::string_view head);

// Edits for the values of the fields, at their bytes of `head`.  `changed`: the content of the part is.
void collect_part_head(std::string_view head, bool changed, Context& context, Edits& edits);

}  // namespace cvr::redact
