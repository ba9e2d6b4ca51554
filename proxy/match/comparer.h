// Compares one asked request with many recorded ones; what belongs to the asked one is worked out
// once.  Borrows `asked` and `rules`.  One thread at a time.
#pragma once

#include "match/outline.h"

namespace cvr::match {

// Distances.  A request to the same method, origin and path is always nearer than kFar.
inline constexpr int kFar = 300;

class Comparer {
 public:
  Comparer(const RedactedRequest& asked, const MatchRules& rules);
  Difference to(const RedactedRequest& recorded) const;

 private:
  bool is_same_path(const RedactedRequest& recorded) const;

  const RedactedRequest& asked_;
  const MatchRules& rules_;
  const PartRules& parts_;  // of the asked one
  std::string path_;        // readable
  Outline path_value_, query_, headers_, credentials_, body_;
  BodyForm form_ = BodyForm::kNone;
};

// How unlike two paths are: segments that differ between the equal ones at either end.
int path_distance(std::string_view a, std::string_view b);

}  // namespace cvr::match
