// Making foreign bytes harmless where people look at them, and percent-coding.  Pure.
#pragma once

#include <string>
#include <string_view>

namespace cvr {

// For terminals and logs: control bytes (C0, DEL, C1 in UTF-8), escapes and invalid UTF-8 become
// \xNN; a line break becomes \n unless `keep_lines`, a tab \t unless `keep_lines`.
std::string printable(std::string_view text, bool keep_lines = false);

// `text` cut to at most `limit` bytes on a UTF-8 boundary, with "..." when cut.
std::string shortened(std::string_view text, std::size_t limit);

// RFC 3986 percent-coding.  Decoding leaves malformed sequences as they are.
std::string percent_decode(std::string_view text, bool plus_is_space = false);
std::string percent_encode(std::string_view text);  // all but unreserved, upper-case hex

}  // namespace cvr
