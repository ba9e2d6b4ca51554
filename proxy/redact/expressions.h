// The user's patterns (RE2): values anywhere in a text that look like what they describe.  Linear in
// the text, never exponential; memory is bounded by RE2's own limit a pattern.  Many patterns are first
// asked together (RE2::Set), so that a text in which none can match costs one pass.
//
// Patterns are over UTF-8: '.' is one character; a byte that is no UTF-8 matches nothing.  A match of up
// to 16 KiB is always found; a text with more than 50,000 is given up (`scan` answers false).
// Immutable after construction, thread-safe.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cvr/result.h"
#include "profiles/profile.h"
#include "redact/patterns.h"

namespace cvr::redact {

inline constexpr std::string_view kExpressionRule = "pattern.user";

class Expressions {
 public:
  // The profile's patterns up to `level`.  Precondition: each of them passes `check`.
  Expressions(const profiles::Profile* profile, profiles::Privacy level);
  ~Expressions();
  Expressions(const Expressions&) = delete;
  Expressions& operator=(const Expressions&) = delete;

  bool empty() const { return patterns_.empty(); }

  // Appends hits, those of one pattern in order.  False: gave up, the text must not pass.
  [[nodiscard]] bool scan(std::string_view text, std::vector<PatternHit>& hits) const;

  // Whether RE2 can compile it, and it does not match the empty text.  kUsage with RE2's words.
  static Result<void> check(const std::string& expression);

 private:
  struct Pattern;
  struct Filter;
  bool scan_one(const Pattern& pattern, std::string_view text, std::size_t& budget,
                std::vector<PatternHit>& hits) const;

  std::vector<std::unique_ptr<const Pattern>> patterns_;
  std::unique_ptr<const Filter> filter_;  // when there are several
};

}  // namespace cvr::redact
