// Two clocks: the recorder's, and the vendor's as its Date headers tell it.  Reports show the vendor's, so that the
// vendor finds the calls in its own log.  Pure.
#pragma once

#include <cstdint>
#include <string>

#include "bundle/evidence.h"

namespace cvr::bundle {

// How far the vendor's clock is ahead of the recorder's in the after recording, in microseconds; 0 when they agree to
// two seconds, or nothing tells.
std::int64_t clock_offset_us(const Evidence& evidence);
// "Clock: the recorder's clock was 3 h ahead of yours ..."; empty when they agree.
std::string clock_line(const Evidence& evidence);

}  // namespace cvr::bundle
