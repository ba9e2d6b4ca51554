// One run of the load: opens the connections, warms up, measures, stops.
#pragma once

#include <cstdint>
#include <expected>
#include <map>
#include <string>

#include "histogram.h"
#include "options.h"
#include "process_stats.h"

namespace cvr::load {

struct Totals {
  double seconds = 0;
  Histogram latency;     // ns, of measured answers
  Histogram connecting;  // ns, of measured connections
  std::uint64_t answers = 0;
  std::uint64_t body_bytes = 0;
  std::map<int, std::uint64_t> statuses;
  std::uint64_t unexpected = 0;  // answers of another status or size than told
  std::map<std::string, std::uint64_t> failures;
  double watched_cpu_seconds = 0;  // of --pids
  double own_cpu_seconds = 0;
  Memory memory_before, memory_after;  // of --pids; before the first connection, after the last answer
  bool stalled = false;
};

// The error is one line for people: what could not be set up.
std::expected<Totals, std::string> run(const Options& options);

}  // namespace cvr::load
