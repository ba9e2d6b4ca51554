// The parts of a multipart text (RFC 2046 section 5.1) as a reader without its Content-Type finds them: a
// line "--boundary", a head, a blank line, and content up to the next such line.  For the search of compressed
// data, which begins and ends with a part.  Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "redact/budget.h"

namespace cvr::redact {

struct MimePart {
  std::size_t begin = 0;  // of the content
  std::size_t end = 0;
  bool coded = false;   // the head names a Content-Encoding
  std::string charset;  // of its Content-Type, lower case
};

// Spends what it compares; linear for an honest text.  The last part may lack its closing line.
std::vector<MimePart> mime_parts(std::string_view text, Budget& budget);

}  // namespace cvr::redact
