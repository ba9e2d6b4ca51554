// The least speed of a request body (SAFETY T18, CONTRACT "body at least 100 bytes/s over 30 s"): a
// deadline that moves on only when enough has arrived since it was set.  It lives on the stream's own
// deadline, so it costs a store, and no timer.
//
// Borrows the stream.  One thread at a time.
#pragma once

#include <algorithm>
#include <cstdint>

#include "net/stream.h"

namespace cvr::net {

class Pace {
 public:
  Pace(Stream& stream, int window_ms, int bytes_per_s)
      : stream_(stream), window_ms_(window_ms), needed_(std::int64_t{window_ms} * bytes_per_s / 1000) {}

  void begin();
  void took(std::size_t bytes);
  // While CVR itself is what the body waits for (an upstream that reads slowly), the clock stands.
  void pause();
  void resume();

 private:
  Stream& stream_;
  std::int64_t window_ms_;
  std::int64_t needed_;
  std::int64_t got_ = 0;
  std::int64_t ends_at_ms_ = 0;
  std::int64_t left_ms_ = 0;
};

}  // namespace cvr::net
