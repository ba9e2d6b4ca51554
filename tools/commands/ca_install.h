// cvr ca install and uninstall: shows what it would run, and runs it when told to.
#pragma once

#include <string>

#include "cvr/result.h"

namespace cvr::commands {

struct InstallOptions {
  bool uninstall = false, dry_run = false, yes = false, json = false;
  std::string store;        // system, nss, java; empty: the first two
  std::string certificate;  // path of ca.pem
};

// Without --yes somebody at a terminal is asked; without a terminal nothing is changed (2).
Result<int> install_authority(const InstallOptions& options);

}  // namespace cvr::commands
