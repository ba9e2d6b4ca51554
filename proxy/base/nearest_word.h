// "Did you mean": the known word with the smallest edit distance, if it is near enough.  Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cvr {

// Empty when nothing is near (more than a third of the letters, or 3, differ).
std::string nearest_word(std::string_view word, const std::vector<std::string>& known);

}  // namespace cvr
