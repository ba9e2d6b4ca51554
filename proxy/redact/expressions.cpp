#include "redact/expressions.h"

#include <re2/re2.h>
#include <re2/set.h>

#include <algorithm>

#include "base/escape.h"

namespace cvr::redact {
namespace {

// A search looks at most this far, so that a pattern that reads to the end of the text before it
// decides ("a(.*z)?") does so within a window, not once a match over the whole.
constexpr std::size_t kWindow = 64u << 10;
constexpr std::size_t kOverlap = 16u << 10;
constexpr std::size_t kMaxHits = 50'000;
constexpr std::int64_t kPatternMemory = 1 << 20;
constexpr std::int64_t kFilterMemory = 16 << 20;
constexpr std::size_t kFilterFrom = 3;  // patterns

RE2::Options options(std::int64_t memory) {
  RE2::Options out;
  out.set_log_errors(false);
  out.set_max_mem(memory);
  return out;
}

}  // namespace

struct Expressions::Pattern {
  Pattern(const profiles::SensitivePattern& from, const RE2::Options& with)
      : re(from.expression, with), kind(from.kind) {}
  RE2 re;
  Kind kind;
};

struct Expressions::Filter {
  RE2::Set set{options(kFilterMemory), RE2::UNANCHORED};
};

Expressions::Expressions(const profiles::Profile* profile, profiles::Privacy level) {
  if (profile == nullptr) return;
  auto filter = std::make_unique<Filter>();
  bool sound = true;
  for (const profiles::SensitivePattern& from : profile->patterns) {
    if (from.level > level) continue;
    auto pattern = std::make_unique<Pattern>(from, options(kPatternMemory));
    CVR_CHECK(pattern->re.ok());
    patterns_.push_back(std::move(pattern));
    sound = sound && filter->set.Add(from.expression, nullptr) >= 0;
  }
  if (patterns_.size() >= kFilterFrom && sound && filter->set.Compile()) filter_ = std::move(filter);
}

Expressions::~Expressions() = default;

Result<void> Expressions::check(const std::string& expression) {
  const RE2 re(expression, options(kPatternMemory));
  if (!re.ok()) {
    return fail(ErrorCode::kUsage,
                "a regular expression that RE2 does not take: " + shortened(printable(re.error()), 200));
  }
  if (RE2::FullMatch("", re)) return fail(ErrorCode::kUsage, "a regular expression that matches the empty text");
  return {};
}

bool Expressions::scan(std::string_view text, std::vector<PatternHit>& hits) const {
  if (patterns_.empty() || text.empty()) return true;
  std::size_t budget = kMaxHits;
  if (filter_ != nullptr) {
    std::vector<int> matching;
    RE2::Set::ErrorInfo error{};
    const bool any = filter_->set.Match({text.data(), text.size()}, &matching, &error);
    if (any || error.kind == RE2::Set::kNoError) {
      return std::ranges::all_of(
          matching, [&](int i) { return scan_one(*patterns_[static_cast<std::size_t>(i)], text, budget, hits); });
    }
    // Out of memory for all of them together: each alone.
  }
  return std::ranges::all_of(patterns_, [&](const auto& pattern) { return scan_one(*pattern, text, budget, hits); });
}

bool Expressions::scan_one(const Pattern& pattern, std::string_view text, std::size_t& budget,
                           std::vector<PatternHit>& hits) const {
  const re2::StringPiece all(text.data(), text.size());
  const int groups = std::min(pattern.re.NumberOfCapturingGroups(), 1);
  const auto offset = [&](const re2::StringPiece& piece) {
    return static_cast<std::size_t>(piece.data() - text.data());
  };
  std::size_t window = kWindow;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.size(), at + window);
    re2::StringPiece found[2];
    if (!pattern.re.Match(all, at, end, RE2::UNANCHORED, found, groups + 1)) {
      if (end == text.size()) return true;
      at = std::max(end - kOverlap, at + 1);
      window = kWindow;
      continue;
    }
    if (budget-- == 0) return false;
    const std::size_t begin = offset(found[0]);
    const std::size_t stop = begin + found[0].size();
    if (stop == end && end < text.size()) {  // it may go on behind the window
      at = begin;
      window = window * 2;
      continue;
    }
    window = kWindow;
    at = std::max(stop, begin + 1);
    // An optional group that took no part says nothing.
    const re2::StringPiece& value = groups == 1 ? found[1] : found[0];
    if (value.data() == nullptr || value.empty()) continue;
    hits.push_back({offset(value), offset(value) + value.size(), pattern.kind, kExpressionRule});
  }
  return true;
}

}  // namespace cvr::redact
