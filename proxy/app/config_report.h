// What `cvr config` shows: every key, the value that holds, and where it came from.  Pure.
#pragma once

#include <string>
#include <vector>

#include "app/config.h"

namespace cvr::app {

// A line a key: name, value, source.  `hosts`: the profile's, which hold when nobody set any.
std::string config_text(const Config& config, const std::vector<std::string>& hosts);

// {"listen": {"value": "127.0.0.1:8877", "source": "default"}, ...}: lists are arrays, flags
// booleans, counts numbers; null with "otherwise" in words where no single value holds.
std::string config_json(const Config& config, const std::vector<std::string>& hosts);

}  // namespace cvr::app
