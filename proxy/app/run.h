// A whole run of the proxy: build, listen, announce, run the child or wait for a signal, stop,
// seal, sum up.  Called once a process, from its first thread.
#pragma once

#include "app/run_options.h"
#include "cvr/result.h"

namespace cvr::app {

// The exit status (CONTRACT "Exit codes").
Result<int> run(RunOptions options);

}  // namespace cvr::app
