// Loading recordings for diagnosis and evidence: the one place that knows which kinds of file there are.
#pragma once

#include <string>
#include <vector>

#include "cvr/result.h"
#include "diagnose/facts.h"

namespace cvr::commands {

// The interactions of the files, one after the other; numbers go on from file to file.  A file that is torn or
// damaged is refused (kDamaged), with what `cvr repair` would do: half a record would be half the truth.
Result<diagnose::Recording> load_recordings(const std::vector<std::string>& paths);

}  // namespace cvr::commands
