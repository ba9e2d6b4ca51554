// The environment that makes common clients go through the proxy and trust its CA with no change to
// the application: CLIENTS section 1, as data.  Pure; run_files.h writes the files that the variables name.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/run_files.h"
#include "os/process.h"

namespace cvr::app {

struct ChildEnvironment {
  std::vector<std::pair<std::string, std::string>> set;
  std::vector<std::string> unset;
  std::vector<std::string> save;     // replaced or unset in a shell: it keeps each as kSavedPrefix + name, once
  std::vector<std::string> restore;  // what a shell has kept so, given back
  std::vector<std::string> notes;    // for people: what was changed that the caller had set
  std::vector<std::string> remarks;  // what is set that may be seen, for those who ask
};

// A shell that `cvr env` has set up keeps what it had under these names: CVR_SAVED lists the variables that were
// taken over, and CVR_SAVED_NAME holds the caller's value where there was one.  Values stand in no script, so none
// (a proxy's password) gets into a file.
inline constexpr std::string_view kSaved = "CVR_SAVED";
inline constexpr std::string_view kSavedPrefix = "CVR_SAVED_";

// The clients whose own variables can be left out: "node", "bun", "php", "java", "wget", "deno".
std::vector<std::string> switchable_clients();

// `proxy_url`: http://[SESSION:x@]ADDR:PORT.  `hosts`: patterns in scope; entries of the caller's NO_PROXY that
// would hide one are dropped with a note.  `without`: of switchable_clients().
ChildEnvironment child_environment(const os::Environment& caller, const std::string& proxy_url, const RunFiles& files,
                                   const std::vector<std::string>& hosts, const std::vector<std::string>& without = {});

// Takes away again, in a shell that got them, what child_environment sets, and gives back what the shell has kept.
// What the caller had in variables that are appended to stays.  Nothing of CVR's is there: nothing is taken away.
ChildEnvironment cleared_environment(const os::Environment& caller);

// Where the control pages are, with the proxy's port: NO_PROXY must name localhost, or a developer's own
// servers would be asked for through the proxy, and nearly every client then takes cvr.localhost for a
// name below it and goes there directly (CLIENTS section 4).  With the port it gets there both ways.
std::string control_url(const std::string& proxy_url);

// The caller's environment with the changes made.
os::Environment with_changes(const os::Environment& caller, const ChildEnvironment& changes);

}  // namespace cvr::app
