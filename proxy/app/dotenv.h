// Dotenv files, as --secrets takes them (REDACTION "Details"): KEY=VALUE, optional `export `, `#`
// comments, single quotes literal, double quotes with \n \" \\ and line breaks, unquoted trimmed.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cvr/result.h"

namespace cvr::app {

using Variables = std::vector<std::pair<std::string, std::string>>;

// Errors (kUsage) name the line; never the value.  `name` stands for the file in them.
Result<Variables> parse_dotenv(std::string_view text, std::string_view name);

// What of them can not be looked for everywhere (too short, an ordinary word, too long): "FILE: KEY, 5 characters:
// ...", one line each, never the value.  Files that can not be read are passed over.
std::vector<std::string> weak_secrets(const std::vector<std::string>& files);

// The values of --secrets files, and what readers of other dialects make of them (`\$`, `\t`, `\'` in single quotes, a
// '#' in a value).  Unreadable: kEnvironment.
Result<std::vector<std::string>> load_secrets(const std::vector<std::string>& files);

}  // namespace cvr::app
