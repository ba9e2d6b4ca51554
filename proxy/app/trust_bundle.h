// PEM bundles of certificates, put together from files that are not ours.  Pure.
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>

namespace cvr::app {

// Collects certificates, each once, in the order they come.  Whatever else stands in a file (private
// keys, comments, text) is left behind: only certificate blocks may reach the run directory.
class TrustBundle {
 public:
  // Answers how many certificate blocks `pem` holds, those already there included.  A block that
  // does not end is none.
  std::size_t add(std::string_view pem);
  const std::string& text() const { return text_; }

 private:
  std::string text_;
  std::unordered_set<std::string> seen_;
};

}  // namespace cvr::app
