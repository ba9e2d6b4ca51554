// A ChildEnvironment in the words of a shell, for `eval "$(cvr env)"` and friends.  Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/child_environment.h"

namespace cvr::app {

// `shell`: sh (bash and zsh too), fish, powershell or dotenv; nothing for any other word.  Values may
// hold anything but NUL: all of it is quoted.
std::optional<std::string> env_script(const ChildEnvironment& changes, std::string_view shell);

// {"set": {NAME: VALUE}, "unset": [NAME], "save": [NAME], "restore": [NAME], "notes": [TEXT]}: who applies it keeps the
// values of `save`, as the scripts do in CVR_SAVED_NAME.
std::string env_json(const ChildEnvironment& changes);

}  // namespace cvr::app
