// What stands at a cassette's path before it is opened: `once` is decided by that.
#pragma once

#include <string>

#include "cvr/cassette.h"

namespace cvr::app {

// Something does; a link counts, wherever it leads.
bool is_there(const std::string& path);

// A cassette in which nothing is recorded, or an empty file: what a run without traffic, or `mktemp`, has left
// behind.  For `once` that is as good as none.  False for anything else, damaged cassettes and links too.
bool holds_nothing(const std::string& path);

// Damage anywhere is told at the start where that costs no time; in a big cassette each record tells its own (its
// checksum) when it is read.
cassette::Check check_for(const std::string& path);

}  // namespace cvr::app
