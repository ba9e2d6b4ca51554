// A value that holds another text behind a coding: base64 and hex (with line breaks too), data: URLs, and
// structures whose every sign is percent-coded, an HTML entity or a JSON escape.  The text inside is read as any
// other leaf, one level deeper, and written back in the same coding.
#pragma once

#include <string_view>

#include "redact/context.h"

namespace cvr::redact {

// One look at the first bytes, then at the alphabet: base64 or hex whose first bytes are those of a text.
bool may_be_packed(std::string_view text);

// Whether the beginning of it decodes to a text.
bool looks_packed(std::string_view text);

// "%7B%22", "{\"", "&lt;", "a%3D1": a structure none of whose own signs stands bare.
bool opens_escaped(std::string_view text);

// Base64 or hex of a text; false when it is none.
bool collect_packed(std::string_view text, Context& context, Edits& edits);

// Any of the codings; false when there is none.
bool collect_coded(std::string_view text, Context& context, Edits& edits);

// The same for a whole body without a type of its own.  Bytes that are no text are passed over at one look.
bool collect_coded_body(std::string_view text, Context& context, Edits& edits);

// A leaf that was spelled again because of the names in it.
bool is_coded_leaf(const Edit& edit);

// A leaf that was spelled again because of its names hides what the ledger finds beside them: first what is known goes,
// then the names are read anew.  `edits`: all of `text`, those of the finder included.
void settle_coded(std::string_view text, Context& context, Edits& edits);

}  // namespace cvr::redact
