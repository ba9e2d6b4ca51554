// cvr probe and cvr watch, from options to an exit status: credentials, redaction, cassette and network are put
// together here.  Once a process: signals are taken.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/redaction.h"
#include "cvr/proxy.h"
#include "os/process.h"
#include "probe/credentials.h"
#include "probe/watch.h"

namespace cvr::app {

struct ProbeOptions {
  profiles::Plan plan;
  Redaction redaction;
  std::string cassette;  // empty: nothing is recorded
  bool overwrite = false;
  bool allow_record_in_ci = false;
  std::vector<std::string> env_files;  // dotenv files with credentials; 0600
  UpstreamOptions upstream;
  ProxyLimits limits;
  bool write = false;
  bool json = false;
  bool quiet = false;
  bool colour = false;    // of stdout
  bool progress = false;  // on stderr
};

// Where values of variables are looked for: files of the options (the last given counts most), the environment,
// then the files of --secrets.  kEnvironment: a file that is missing, unreadable, or open to others, with the
// command that mends it; kUsage: its line.
Result<std::vector<probe::Settings>> credential_sources(const ProbeOptions& options,
                                                        const os::Environment& environment);

// The exit status (CONTRACT "Exit codes"): 0 all is as expected, 1 something is not.
Result<int> run_probe(ProbeOptions options);

struct WatchCommand {
  probe::WatchOptions options;
  std::string before;              // a cassette of when it worked; empty: none
  std::vector<std::string> child;  // run when access is back; its status is the answer then
};
Result<int> run_watch(ProbeOptions options, const WatchCommand& command);

}  // namespace cvr::app
