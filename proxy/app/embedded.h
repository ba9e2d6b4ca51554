// Files of this folder that the program carries with it.
#pragma once

#include <string_view>

namespace cvr::app {

extern const std::string_view kNodePreload;  // node_preload.cjs

}  // namespace cvr::app
