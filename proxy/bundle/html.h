// HTML of the reports: text escaped, a page whose policy lets nothing in but its own style and script, named by
// their hashes.  Works from file://, on paper, in the light and in the dark.  Pure.
#pragma once

#include <string>
#include <string_view>

namespace cvr::bundle {

extern const std::string_view kReportStyle;

// For element content and quoted attributes.  What no HTML can hold (control characters, broken UTF-8) is shown as
// \xNN.
std::string html_text(std::string_view text);

// A cell of a table: codes, times and ids stay whole, what has longer runs may break anywhere, so that it fits its
// page.
std::string html_cell(std::string_view text);

// `body` is mark-up; `script` may be empty: then none can run.
std::string html_page(std::string_view title, std::string_view style, std::string_view body, std::string_view script);

}  // namespace cvr::bundle
