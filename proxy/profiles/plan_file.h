// The plan of a probe as TOML: a file of its own (cvr probe --plan FILE), or the table [probe] of a profile.
// avinode_plan.toml beside this file is one, with a comment for each part.  Pure.
#pragma once

#include <string>
#include <string_view>

#include "base/toml_tree.h"
#include "profiles/plan.h"

namespace cvr::profiles {

// Errors (kUsage): "PATH:LINE: what is wrong and what is allowed", unknown words with the nearest known
// one.  A plan that is read has a base, at least one step, steps and methods with different names, and no
// placeholder, condition or OAuth variable that nothing sets.
Result<Plan> parse_plan(std::string_view toml_text, const std::string& path);
Result<Plan> read_plan(const std::string& path, const TomlNode& table);

}  // namespace cvr::profiles
