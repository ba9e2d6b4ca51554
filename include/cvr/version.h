// What this build calls itself in cassettes, exports and --version.
#pragma once

namespace cvr {

inline constexpr const char* kToolVersion = "cvr 0.1.0";

}  // namespace cvr
