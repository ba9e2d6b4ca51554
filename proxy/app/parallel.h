// Many independent pieces of work on all cores.
#pragma once

#include <cstddef>
#include <functional>

namespace cvr::app {

// Calls `work` for 0 to `count` - 1, each once, in any order, on up to as many threads as the machine has
// cores; `work` may run beside itself.  `done` is told how many are finished, never beside itself.
// Returns when all are.
void in_parallel(std::size_t count, const std::function<void(std::size_t index)>& work,
                 const std::function<void(std::size_t finished)>& done);

}  // namespace cvr::app
