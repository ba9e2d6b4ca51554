// The machine's clocks.
#pragma once

#include "cvr/system.h"

namespace cvr::os {

class SystemClock : public Clock {
 public:
  std::int64_t utc_us() const override;
  std::int64_t monotonic_us() const override;
};

}  // namespace cvr::os
