// The manual page cvr(1), from the same table and declarations as --help.  Pure.
#pragma once

#include <string>
#include <vector>

#include "cli.h"

namespace cvr::cli {

// In roff, for man(7).
std::string manual(const std::vector<Entry>& table);

}  // namespace cvr::cli
