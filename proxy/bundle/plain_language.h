// What makes a text fit for partners (EVIDENCE "The partner update is for its audience"): no technical words, and a
// reading grade.  Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cvr::bundle {

// The words in `text` that a partner update must not hold, each once, as they stand there: protocol, credential and
// format vocabulary, three digits that read like a status, UPPER_SNAKE codes.  "API access" is allowed, and so is the
// technical report's path.
std::vector<std::string> banned_words(std::string_view text);

// Flesch-Kincaid grade level.  A line ends a sentence, so headings and cells count as short ones.  0 without words.
double reading_grade(std::string_view text);

}  // namespace cvr::bundle
