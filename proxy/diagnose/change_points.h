// Where an operation went from success to failure, against the weekly rebuild.  Per operation and credential:
// a new credential after the rebuild is a new point of its operation.  Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "diagnose/facts.h"

namespace cvr::diagnose {

struct ChangePoint {
  std::string operation;
  const Call* last_success = nullptr;
  const Call* first_failure = nullptr;
  bool same_credential = false;   // as in the success
  std::optional<Window> rebuild;  // the last one that began before the failure
  bool brackets_rebuild = false;  // it lies between
  bool after_snapshot = false;    // the success lies after the snapshot that the rebuild was made from
};

// In the order of the timeline; one for each operation and credential that failed after a success.
std::vector<ChangePoint> change_points(const Facts& facts);

}  // namespace cvr::diagnose
