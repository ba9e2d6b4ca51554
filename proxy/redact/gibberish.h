// Letters of one case that no word is made of.  Pure.
#pragma once

#include <string_view>

namespace cvr::redact {

// Twelve to 64 letters of one case, of whose pairs three in ten or more hardly occur in words (English and German,
// identifiers).  Of drawn letters 85 to 95 in a hundred are found, of words and words joined two in a thousand.
bool is_gibberish(std::string_view letters);

}  // namespace cvr::redact
