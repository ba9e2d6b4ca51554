// A recorded answer in the pieces in which it came, with their times: replay with --latency.  Pure.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/playback.h"

namespace cvr::engine {

struct Stretch {
  std::string bytes;
  std::int64_t at_us = 0;  // after the request was whole; never less than the one before
};

// The same bytes as `wire` (or as closing_wire, with `close`), cut where the recorded pieces ended; chunks
// are the pieces then.  A body that redaction made longer or shorter is cut in proportion.
std::vector<Stretch> stretches(const Playback& playback, int minor_version, bool close);

}  // namespace cvr::engine
