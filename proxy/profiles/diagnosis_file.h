// The [diagnosis] table of a profile file: what diagnosis.h holds, under the same names.
//
//   [diagnosis]                 bases, required_headers, timestamp_header, clock_skew_seconds, ...
//   [diagnosis.codes]           company_access, permission, not_authorized, internal, client
//   [[diagnosis.environment]]   name, hosts
//   [[diagnosis.operation]]     call = "POST /trips", required, known
#pragma once

#include <string>

#include "base/toml_tree.h"
#include "profiles/diagnosis.h"

namespace cvr::profiles {

// Errors (kUsage): "PATH:LINE: what is wrong", unknown keys with the nearest known one.
Result<Diagnosis> read_diagnosis(const std::string& path, const TomlNode& table);

}  // namespace cvr::profiles
