// $CVR_HOME/run/PID.json: what a running proxy says about itself, for `cvr env` and friends.
#pragma once

#include <optional>
#include <string>
#include <string_view>
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

// The flat object that announce.cpp writes; nothing for any other text.  Pure.
std::optional<RunningProxy> parse_run_file(std::string_view text);

// The proxy of this home that was started last and still lives; with `url`, the one that listens
// there.  Files that are no run files are passed over.
std::optional<RunningProxy> find_running(const Home& home, std::string_view url = {});

// Takes away what proxies left that were killed: PID.json and the directories PID and doctor-PID, where no process PID
// lives.  Other names stay, and what can not be removed.
void remove_left_behind(const Home& home);

}  // namespace cvr::app
