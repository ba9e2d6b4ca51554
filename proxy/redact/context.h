// What every collector needs.  References; one pass.
#pragma once

#include <string_view>

#include "redact/masker.h"
#include "redact/names.h"
#include "redact/pointers.h"

namespace cvr::redact {

inline constexpr std::string_view kRequestRoot = "$request";
inline constexpr std::string_view kResponseRoot = "$response";

class HeaderRules;

struct Context {
  const Names& names;
  Masker& masker;
  // Stands for the parent of a JSON body's own members ("$request.message"): kRequestRoot, kResponseRoot.
  std::string_view root = {};
  const Pointers* pointers = nullptr;    // or nullptr: no such rules
  const HeaderRules* headers = nullptr;  // for heads in bodies, or nullptr: no profile's
  int depth = 0;                         // values in values that led here
  bool in_lines = false;                 // of one JSON text each
  bool oauth = false;                    // the pairs at hand belong to a callback or a token endpoint
};

}  // namespace cvr::redact
