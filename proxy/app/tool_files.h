// The files of tool_settings.h, where each tool looks for them, and what is told of them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/doctor.h"
#include "app/tool_settings.h"
#include "os/process.h"

namespace cvr::app {

// Candidates; most are not there.  A relative one is of the working directory.
std::vector<std::string> settings_files(Tool tool, const os::Environment& environment);

// Of a command: its name, whatever directory it is in; npx and pnpm read npm's, `python -m pip` is pip.
std::optional<Tool> tool_of(const std::vector<std::string>& command);

// For `cvr doctor`: each setting of each tool; one line when there are none.
CheckResults check_tool_settings(const os::Environment& environment, const std::vector<std::string>& hosts);

// For `-- CMD`: at most one line, of the command's own tool; no process is started for it.
std::optional<std::string> settings_warning(const std::vector<std::string>& command, const os::Environment& environment,
                                            const std::vector<std::string>& hosts);

}  // namespace cvr::app
