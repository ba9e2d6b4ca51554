// The checks of `cvr doctor` on this installation and the working directory: one function a check.  None
// changes anything but that the home directory is made.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/config.h"
#include "app/doctor.h"
#include "app/home.h"
#include "cvr/system.h"
#include "os/process.h"

namespace cvr::app {

// cvr.toml and the CVR_* variables; the files that they name.
CheckResults check_config(const Result<Config>& config, const os::Environment& environment);

// The address of the proxy can be listened on, or a proxy of this home does so.
CheckResult check_port(const Config& config, const Home& home);

// Permissions, soundness, age and scope of the CA.  One that is not there yet is sound.
CheckResult check_ca(const Home& home, const std::vector<std::string>& hosts, const Clock& clock);

// Recordings or a CA of the future: the clock is behind, and clients refuse the CA's leaves.
CheckResult check_clock(const Home& home, const std::vector<std::string>& cassettes, const Clock& clock);

// The cassettes that `check_cassettes` looks at: *.cvr in `directory` itself, and below `below`.
std::vector<std::string> cassettes_here(const std::string& directory, const std::string& below);
CheckResults check_cassettes(const std::vector<std::string>& paths);

// Entries of the caller's NO_PROXY that hide a host in scope.
CheckResults check_no_proxy(const os::Environment& environment, const std::vector<std::string>& hosts);

// Variables that win over ours or hide a trust problem.
CheckResults check_variables(const os::Environment& environment);

// What `npm config get proxy https-proxy` and `git config --get-regexp` have said: proxies that win over
// HTTPS_PROXY.  Values are shown without what stands before '@'.  Pure.
CheckResult check_npm(const std::string& said);
CheckResult check_git(const std::string& said);
// The same, asked of the programs that are there.
CheckResults check_tool_proxies(const os::Environment& environment);

}  // namespace cvr::app
