// The environment that makes common clients go through the proxy and trust its CA with no change to
// the application: CLIENTS section 1, as data.  The computation is pure; write_run_files writes
// the files that the variables name.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "cvr/result.h"
#include "os/process.h"

namespace cvr::app {

// Files of one run, in a private directory.
struct RunFiles {
  std::string ca;                       // CVR's CA alone
  std::string bundle;                   // system roots and the CA: for variables that replace the trust store
  std::string node_extra;               // the CA and what the caller's NODE_EXTRA_CA_CERTS held
  std::string wgetrc;                   // the caller's settings and the bundle: wget (GnuTLS) reads no variable
  std::vector<std::string> notes = {};  // for people: files of the caller that could not be taken in
};

struct ChildEnvironment {
  std::vector<std::pair<std::string, std::string>> set;
  std::vector<std::string> unset;
  std::vector<std::string> notes;  // for people: what was changed that the caller had set
};

// `proxy_url`: http://ADDR:PORT.  `hosts`: patterns in scope; entries of the caller's NO_PROXY that
// would hide one are dropped with a note.
ChildEnvironment child_environment(const os::Environment& caller, const std::string& proxy_url, const RunFiles& files,
                                   const std::vector<std::string>& hosts);

// Takes away again, in a shell that got them, all variables that child_environment sets.
ChildEnvironment cleared_environment();

// Where the control pages are, with the proxy's port: NO_PROXY must name localhost, or a developer's own
// servers would be asked for through the proxy, and nearly every client then takes cvr.localhost for a
// name below it and goes there directly (CLIENTS section 4).  With the port it gets there both ways.
std::string control_url(const std::string& proxy_url);

// The caller's environment with the changes made.
os::Environment with_changes(const os::Environment& caller, const ChildEnvironment& changes);

// Where the files of a run stand in its directory.
RunFiles run_files_in(const std::string& directory);

// Writes them.  Roots are the system's and those of the files that the caller's variables name; only
// certificates are copied.  A file that can not be read is a note.
Result<RunFiles> write_run_files(const std::string& directory, const std::string& ca_pem,
                                 const os::Environment& caller);

}  // namespace cvr::app
