// Bodies as lines that change as little as what they say: JSON by member, sorted; forms by pair; markup by
// tag; long lines parted where their text parts; bytes as size and digest.  Pure.
#pragma once

#include <string>
#include <string_view>

#include "cvr/interaction.h"

namespace cvr::exporters {

// Split by type, with its Spans; `type` is a media type in lower case.  Not for bytes that are no text.
RedactedText split_by_type(const RedactedText& content, std::string_view type);

// Lines of more than 160 bytes are parted, a \ at the end of each part, behind some of ; , } ] > and space:
// which, the eight bytes before decide, so an insertion changes the lines around it and no others.  Spans
// stay whole.
RedactedText parted_lines(const RedactedText& text);

// "[10 bytes of image/png, xxh3 0123...]"
std::string bytes_line(std::string_view bytes, std::string_view type);

}  // namespace cvr::exporters
