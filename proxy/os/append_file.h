// The real ByteSink: a private file that is only appended to, locked against a second writer.
#pragma once

#include <memory>
#include <string>

#include "cvr/system.h"

namespace cvr::os {

// Opens or creates PATH: 0600, close-on-exec, no symbolic link at the end, own file, regular.  The
// lock (flock) goes with the object.  Errors (kEnvironment): in use, link, foreign owner, the
// system's words.
Result<std::unique_ptr<ByteSink>> open_append_file(const std::string& path);

}  // namespace cvr::os
