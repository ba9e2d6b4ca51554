// Configuration: cvr.toml (looked for from the working directory upwards), CVR_* variables over it,
// command line options over both (CONTRACT "Configuration").  The keys stand in config_keys.h.
//
// Errors are kUsage and name FILE:LINE or the variable, and what is allowed; a cvr.toml that can not
// be read is kEnvironment.  Values are checked here, so what comes out has its key's shape.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/redact_rules.h"
#include "cvr/result.h"
#include "os/process.h"

namespace cvr::app {

struct Setting {
  std::vector<std::string> values;  // one for all but lists; flags are "true" or "false"
  std::string source;               // "DIRECTORY/cvr.toml:3", "CVR_LISTEN"
};
struct Config {
  std::map<std::string, Setting, std::less<>> settings;  // by key; one that nobody set is absent
  RedactRules redact;                                    // [redact], [[redact]]
  std::string redact_source;                             // empty: none
  std::optional<TomlNode> match;                         // [match], sound; see app/match_rules.h
  std::string match_path;
};

// The text of a cvr.toml.  `path` stands in errors and sources; relative paths among the values are
// taken from its directory.  Pure.
Result<Config> parse_config(std::string_view toml_text, const std::string& path);

// Lays the CVR_* variables over it.  Lists are split at commas; flags may be 1 and 0; an empty
// variable says nothing.  Pure.
Result<void> apply_variables(const os::Environment& environment, Config& config);

// The nearest cvr.toml at or above `directory`; empty: none.
std::string find_config_file(const std::string& directory);

// The configuration that holds in `directory` under `environment`.
Result<Config> load_config(const std::string& directory, const os::Environment& environment);
// The same for this process.
Result<Config> load_config();

// The values of a key; nothing when nobody set it.
const std::vector<std::string>* values_of(const Config& config, std::string_view key);

}  // namespace cvr::app
