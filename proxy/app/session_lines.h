// What `cvr proxy` says of its sessions at the end: a line each for people, JSON for scripts, and the exit
// status that all of them mean.
#pragma once

#include <string>
#include <vector>

#include "engine/sessions.h"

namespace cvr::app {

// "NAME: 3 hits, 0 misses, 1 unused; recorded 2 interactions to DIR/NAME.cvr".  Under `strict` the unused
// follow, indented, a line each.
std::string session_line(const engine::Ended& session, bool strict);

// {"sessions": [...]}, each as the control API's eject tells it.
std::string sessions_json(const std::vector<engine::Ended>& sessions);

// The worst of all: 3 when something was not recorded or sealed, 1 for a miss (or, under `strict`, an unused
// interaction), else 0.
int sessions_status(const std::vector<engine::Ended>& sessions, bool strict);

}  // namespace cvr::app
