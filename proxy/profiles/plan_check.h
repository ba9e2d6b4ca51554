// What holds between the parts of a plan: names stand once, placeholders and conditions name what is there.
#pragma once

#include <string>
#include <string_view>

#include "base/toml_tree.h"
#include "profiles/plan.h"

namespace cvr::profiles {

// Path and query as a plan may hold them: printable, no blank, no fragment; placeholders count as text.
bool is_target(std::string_view text);

// `root` is what `plan` was read from, for the lines.  Errors as parse_plan's.
Result<void> check_plan(const std::string& path, const TomlNode& root, const Plan& plan);

}  // namespace cvr::profiles
