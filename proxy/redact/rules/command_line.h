// Credentials with nothing but a space before them: "--password X" of a command, and "machine H login U password X" of
// a netrc file.
#pragma once

#include "redact/context.h"

namespace cvr::redact {

// Whether there may be one: cheap.
bool may_be_command_line(std::string_view text);

void collect_command_line(std::string_view text, Context& context, Edits& edits);

}  // namespace cvr::redact
