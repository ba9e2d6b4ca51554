// CVR_* variables that nothing reads: mostly a slip of the pen, which would go unseen.  Pure.
#pragma once

#include <string>
#include <vector>

#include "os/process.h"

namespace cvr::app {

// A line each, with the nearest one that is known; values are not looked at.  Those that CVR sets for a child, and
// those of its helpers and tests, are known.
std::vector<std::string> unknown_variables(const os::Environment& environment);

}  // namespace cvr::app
