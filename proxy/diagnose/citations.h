// Which interactions of a finding are shown: each once, in the order of the record, and of many the first and
// the last ones.  Pure.
#pragma once

#include "diagnose/finding.h"

namespace cvr::diagnose {

inline constexpr std::size_t kMostCitations = 20;
Calls citations(const Finding& finding);

}  // namespace cvr::diagnose
