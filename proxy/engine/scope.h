// Which hosts are in scope: their TLS is terminated, their traffic recorded and replayed.  Immutable.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cvr::engine {

class Scope {
 public:
  explicit Scope(std::vector<std::string> patterns) : patterns_(std::move(patterns)) {}
  bool holds(std::string_view host) const;  // lower-case host
  const std::vector<std::string>& patterns() const { return patterns_; }

 private:
  std::vector<std::string> patterns_;
};

}  // namespace cvr::engine
