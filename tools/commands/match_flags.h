// The option about matching that record, replay, run, redact, ls, explain and match share.
#pragma once

#include <string>
#include <vector>

#include "app/match_rules.h"
#include "cli.h"

namespace cvr::commands {

class MatchFlags {
 public:
  void declare(cli::Options& options) {
    options.list("--match", files_, "file of match rules ([match]), beside cvr.toml's; repeatable");
  }
  // Errors: kUsage with FILE:LINE, kEnvironment when a file can not be read.
  Result<match::MatchRules> load(const profiles::Profile& profile, const app::Config& config) const {
    return app::load_match_rules(profile, config, files_);
  }

 private:
  std::vector<std::string> files_;
};

}  // namespace cvr::commands
