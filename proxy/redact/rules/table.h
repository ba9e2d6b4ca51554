// Part of the rule for text: tables.
#pragma once

#include <string_view>

#include "redact/context.h"

namespace cvr::redact {

// CSV whose first row names the columns, for bodies that say that they are one.
void collect_table(std::string_view text, Context& context, Edits& edits);

}  // namespace cvr::redact
