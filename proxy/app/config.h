// Configuration: cvr.toml (looked for from the working directory upwards), CVR_* variables over it,
// command line options over both (CONTRACT "Configuration").  One visible table of keys.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "cvr/result.h"
#include "os/process.h"

namespace cvr::app {

enum class KeyType : std::uint8_t { kText, kList, kFlag, kNumber };

struct Key {
  std::string_view name;      // in cvr.toml; the option is --name with '-' for '_'
  std::string_view variable;  // CVR_NAME
  KeyType type;
  std::string_view meaning;
  std::string_view standard;  // what holds when nothing is said
};
const std::vector<Key>& known_keys();

struct Setting {
  std::vector<std::string> values;  // one for all but lists; flags are "true" or "false"
  std::string source;               // "cvr.toml:3", "CVR_LISTEN", "default"
};
using Config = std::map<std::string, Setting, std::less<>>;

// Pure.  Errors (kUsage): FILE:LINE and what is allowed, with the nearest known key.
Result<Config> parse_config(std::string_view toml_text, const std::string& name);
// Overlays the CVR_* variables.  Lists are split at commas.
Result<void> apply_variables(const os::Environment& environment, Config& config);

// The configuration that holds in this directory and environment.
Result<Config> load_config();

}  // namespace cvr::app
