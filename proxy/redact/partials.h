// Values of which only a part was replaced, because nobody knew the whole: "user:" and the pseudonym of a password that
// looked drawn.  When the whole becomes known, what is left of it is to go too: what the nets (patterns, entropy)
// replaced is noted, the newest 1,024 stretches of up to 1 KiB, and of a value in which one stands, the pieces beside
// it are secrets of their own from then on, in whatever spelling.  Notes are raw: they stay in memory.  Synchronised.
#pragma once

#include <deque>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace cvr::redact {

class Partials {
 public:
  void note(std::string_view raw);
  // The pieces of `value`, 12 bytes or more, between stretches that were replaced; none when none stands in it.
  std::vector<std::string_view> leftovers(std::string_view value) const;

 private:
  mutable std::mutex mutex_;
  std::unordered_set<std::string> noted_;
  std::deque<const std::string*> order_;  // of noted_, the oldest first
};

}  // namespace cvr::redact
