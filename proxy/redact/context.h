// What every collector needs.  References; one pass.
#pragma once

#include <string_view>

#include "redact/masker.h"
#include "redact/names.h"

namespace cvr::redact {

inline constexpr std::string_view kRequestRoot = "$request";
inline constexpr std::string_view kResponseRoot = "$response";

struct Context {
  const Names& names;
  Masker& masker;
  // Stands for the parent of a JSON body's own members ("$request.message"): kRequestRoot, kResponseRoot.
  std::string_view root = {};
};

}  // namespace cvr::redact
