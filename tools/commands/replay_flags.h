// The options of replay: faults on demand and the age of recordings.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/config.h"
#include "app/replay_options.h"
#include "cli.h"

namespace cvr::commands {

class ReplayFlags {
 public:
  void declare(cli::Options& options);
  // Command line over cvr.toml.  Errors (kUsage) name the option and what is allowed.
  Result<app::ReplayOptions> load(const app::Config& config) const;
  bool has_faults() const { return !faults_.empty(); }  // on the command line

 private:
  std::vector<std::string> faults_;
  std::string max_age_, stale_;
  std::int64_t seed_ = 1;
};

}  // namespace cvr::commands
