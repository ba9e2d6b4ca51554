// What is different between two runs of one plan.  Pure.
#pragma once

#include <string>
#include <vector>

#include "probe/run.h"

namespace cvr::probe {

struct Change {
  std::string step, from, to;  // "401 CODE", "reset"; "nothing": there was no such step
  bool operator==(const Change&) const = default;
};

// In the order of `now`; steps that are gone come last.  A clock that drifts by some seconds is no change.
std::vector<Change> changes_between(const Report& before, const Report& now);

}  // namespace cvr::probe
