// Texts with placeholders, "${name}".  A lone '$' or brace is itself, so JSON needs no escapes.  Pure.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cvr/result.h"

namespace cvr::profiles {

// The names in order, repeats included.
std::vector<std::string> placeholders(std::string_view text);

// What CVR itself makes at the moment of a call: now, uuid, and day+N (a date N days ahead).
bool is_made_name(std::string_view name);
// N of "day+N", at most 3650; nullopt: another name.
std::optional<int> days_ahead(std::string_view name);

// Each placeholder replaced by its value, once: what stands in a value is no placeholder.  kNotFound: no
// value for that name, which is the text of the error.
using ValueOf = std::function<std::optional<std::string>(std::string_view name)>;
Result<std::string> fill(std::string_view text, const ValueOf& value_of);

}  // namespace cvr::profiles
