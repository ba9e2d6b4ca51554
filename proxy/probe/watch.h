// Repeats a plan until access is back.  It makes nothing at the vendor's: steps that write are never run.  Pure.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "probe/changes.h"
#include "probe/recovery.h"
#include "probe/run.h"

namespace cvr::probe {

struct WatchOptions {
  std::int64_t interval_s = 600;
  std::uint64_t seed = 1;  // of the jitter
  Baseline before = {};    // what worked once
};

struct Round {
  std::uint64_t number = 1;
  const Report& report;
  std::vector<Change> changes;  // against the round before
  std::int64_t next_ms = 0;     // until the next; 0: this was the last
  Recovery recovery = {};
};

// True: access is back (probe/recovery.h).  False: CVR was told to end.  `task.options.write` does not count.
bool watch(const Task& task, const WatchOptions& options, World& world, const std::function<void(const Round&)>& tell);

}  // namespace cvr::probe
