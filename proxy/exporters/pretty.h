// Bodies made readable without changing what they say.  Pure.
#pragma once

#include <string>
#include <string_view>

namespace cvr::exporters {

// JSON indented by two; numbers and strings keep their text.  Anything else comes back as it is.
std::string pretty_json(std::string_view text);

// 16 bytes a line: offset, hex, ASCII.  At most `limit` bytes are shown.
std::string hex_dump(std::string_view bytes, std::size_t limit);

}  // namespace cvr::exporters
