// Interactions made by hand, for tests of exporters.
#pragma once

#include "cvr/exporters.h"
#include "cvr/interaction.h"

namespace cvr::exporters {

// "a<<token:xyz>>b" is the text "axyzb" with a pseudonym of that kind on "xyz".
RedactedText marked(std::string_view spelled);
RedactedField field(std::string_view name, std::string_view value);

// A GET that was answered 200 with JSON; tests change what they need.
RedactedParts sample();
// One of each: GET, POST with credentials, form, HEAD, binary, failure, stopped half way, omitted.
std::vector<RedactedInteraction> samples();
// Text that tries to break out of everything.
RedactedParts hostile();

// What the format makes of them, a gap at the end.
std::string exported(std::string_view format, const std::vector<RedactedInteraction>& interactions, bool gap = false);

// The text is one JSON value, or one a line.
void expect_json(std::string_view text);
void expect_json_lines(std::string_view text);

}  // namespace cvr::exporters
