// Texts that CMake builds into the program (embedded.cpp.in).
#pragma once

#include <string_view>

namespace cvr::profiles {

extern const std::string_view kAvinodeToml;
extern const std::string_view kAvinodePlanToml;

}  // namespace cvr::profiles
