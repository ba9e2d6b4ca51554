// The outcome of a run as one JSON object on one line.
#pragma once

#include <string>

#include "run.h"

namespace cvr::load {

std::string to_json(const Totals& totals);

// Something was answered, and nothing unexpectedly.
bool is_clean(const Totals& totals);

}  // namespace cvr::load
