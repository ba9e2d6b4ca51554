// JSON printed another way without changing what it says: numbers and strings keep their text, and
// pseudonyms their Spans.  Pure.
#pragma once

#include <optional>

#include "cvr/interaction.h"

namespace cvr::exporters {

struct JsonStyle {
  bool indented = false;  // by two, a value a line; else without any white space
  bool sorted = false;    // members by name; those of one name stay in order
};

// nullopt: it is no JSON (or deeper than 64).  A Span over more than one token is dropped.
std::optional<RedactedText> print_json(const RedactedText& text, const JsonStyle& style);

}  // namespace cvr::exporters
