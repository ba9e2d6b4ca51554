// Markdown (CommonMark, tables of GitHub's) in which foreign text stays text: no mark-up, no HTML, no links.  Pure.
#pragma once

#include <string>
#include <string_view>

namespace cvr::bundle {

std::string markdown_text(std::string_view text);  // one line
std::string markdown_cell(std::string_view text);  // the same in a table; "-" when empty
std::string markdown_code(std::string_view text);  // a fenced block that its content can not end

}  // namespace cvr::bundle
