// The options that cvr probe and cvr watch share, and how they become app::ProbeOptions: command line over
// environment over cvr.toml.
#pragma once

#include <string>
#include <vector>

#include "app/probing.h"
#include "cli.h"
#include "commands/redaction_flags.h"

namespace cvr::commands {

class ProbeFlags {
 public:
  void declare(cli::Options& options);
  // Errors (kUsage) name the option, or the file and line, and what is allowed.
  Result<app::ProbeOptions> to_options(const cli::Globals& globals);

 private:
  Result<void> fill_upstream(const app::Config& config, app::ProbeOptions& out);
  std::string plan_, cassette_, upstream_ca_, upstream_proxy_, client_cert_, client_key_, upstream_timeout_;
  std::vector<std::string> env_files_, connect_to_;
  RedactionFlags redaction_;
  bool overwrite_ = false, insecure_ = false, allow_private_ = false, allow_ci_ = false, json_ = false;
};

}  // namespace cvr::commands
