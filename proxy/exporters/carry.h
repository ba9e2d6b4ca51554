// Spans for a text that was made of a redacted one by hand.  Pure.
#pragma once

#include <string>
#include <vector>

#include "cvr/interaction.h"

namespace cvr::exporters {

// `text` with the Spans of `old` that still hold: all of lines that stand as they were, and in others
// every pseudonym of at least six bytes that is still there.  What is not marked is for the redactor.
RedactedText carry_spans(const RedactedText& old, std::string text);

}  // namespace cvr::exporters
