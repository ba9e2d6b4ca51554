// One interaction as a text for an editor, and what was made of it (`cvr edit`).
//
//   === request                    METHOD URL, then a line a header
//   === request body (json)        json is indented; text as it is; base64 for bytes
//   === response                   STATUS REASON, then a line a header
//   === response body (json)
//   === end
//
// A line of a body that begins with === or \ has a \ in front.  What stands as it was shown stays as it
// is, byte for byte and with its pseudonyms; in lines that were changed, pseudonyms that are still there
// keep their Spans.  Everything else is new, raw text: the caller redacts it.  Trailers, failure, times
// and flags are not shown and stay.  Pure; limits are those of the editor's file.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "cvr/interaction.h"
#include "cvr/result.h"

namespace cvr::exporters {

// `title` stands in the first line, a comment.
std::string edit_form(const RedactedParts& parts, std::string_view title);

// Errors: kMalformed, with the line and what is needed there.  Never a value.
Result<RedactedParts> apply_edit(const RedactedParts& old, std::string_view text);

// What is in `notes` of an interaction that was edited.
inline constexpr std::string_view kEditedNote = "edited by hand";

}  // namespace cvr::exporters
