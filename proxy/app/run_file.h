// $CVR_HOME/run/PID.json: what a running proxy says about itself, for `cvr env` and friends.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/child_environment.h"
#include "app/home.h"

namespace cvr::app {

struct RunningProxy {
  int pid = 0;
  std::string url;  // http://ADDR:PORT
  RunFiles files;
  std::vector<std::string> hosts;
};

// The proxy of this home that was started last and still lives.
std::optional<RunningProxy> find_running(const Home& home);

}  // namespace cvr::app
