// The last look at bytes that are about to leave (REDACTION layer 6).
#pragma once

#include <string>
#include <string_view>

#include "cvr/redactor.h"

namespace cvr::commands {

// What must not get out of `piece`, a whole part of a finished export (an entry, a line): place and
// kind, never the value.  Empty: clean.
std::string leak_in(const Redactor& redactor, std::string_view piece, const std::string& place);

}  // namespace cvr::commands
