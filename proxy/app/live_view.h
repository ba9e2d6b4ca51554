// One line for each interaction while it is recorded, for people at a terminal.  Pure.
#pragma once

#include <cstddef>
#include <string>

#include "cvr/interaction.h"

namespace cvr::app {

// "200 GET  12.3 ms  /api/trips  token 2, email 1": status or what failed, method, time, path with its query, what
// was redacted by kind.  What is foreign is printable.  As wide as `columns` at most, but for the last part.
std::string live_line(const RedactedInteraction& interaction, std::size_t columns, bool colour);

}  // namespace cvr::app
