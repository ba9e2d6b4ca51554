// Words for POSIX shells (IEEE 1003.1 section 2.2), safe for any content.  Pure.
#pragma once

#include <string>
#include <string_view>

namespace cvr::exporters {

// In single quotes, where nothing is special but the quote itself.  `text` holds no NUL: no argument
// can carry one.
std::string shell_quoted(std::string_view text);

// A printf command that writes exactly these bytes, NUL and all.
std::string shell_printf(std::string_view bytes);

}  // namespace cvr::exporters
