#include "engine/scope.h"

#include <algorithm>

#include "http/target.h"

namespace cvr::engine {

bool Scope::holds(std::string_view host) const {
  return std::any_of(patterns_.begin(), patterns_.end(),
                     [&](const std::string& pattern) { return http::host_matches(pattern, host); });
}

}  // namespace cvr::engine
