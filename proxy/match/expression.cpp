#include "match/expression.h"

#include <re2/re2.h>

#include <array>

#include "base/escape.h"
#include "match/normal_text.h"

namespace cvr::match {
namespace {

constexpr std::size_t kLongest = 4096;
constexpr int kMostGroups = 16;
constexpr std::int64_t kMemory = 8 << 20;

}  // namespace

struct Expression::Compiled {
  Compiled(std::string_view pattern, const re2::RE2::Options& options)
      : expression(re2::StringPiece(pattern.data(), pattern.size()), options) {}
  re2::RE2 expression;
};

Expression::Expression(std::unique_ptr<const Compiled> compiled) : compiled_(std::move(compiled)) {}
Expression::~Expression() = default;

Result<std::shared_ptr<const Expression>> Expression::make(std::string_view pattern) {
  if (pattern.empty()) return fail(ErrorCode::kUsage, "an empty regular expression");
  if (pattern.size() > kLongest) return fail(ErrorCode::kUsage, "a regular expression of more than 4096 characters");
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(kMemory);
  auto compiled = std::make_unique<const Compiled>(pattern, options);
  if (!compiled->expression.ok()) {
    return fail(ErrorCode::kUsage, "not a regular expression: " + printable(compiled->expression.error()));
  }
  if (compiled->expression.NumberOfCapturingGroups() > kMostGroups) {
    return fail(ErrorCode::kUsage, "a regular expression with more than 16 groups; (?:...) is none");
  }
  return std::shared_ptr<const Expression>(new Expression(std::move(compiled)));
}

bool Expression::fits(std::string_view text, std::string& out) const {
  std::array<re2::StringPiece, kMostGroups + 1> groups;
  const int count = compiled_->expression.NumberOfCapturingGroups() + 1;
  const re2::StringPiece whole(text.data(), text.size());
  if (!compiled_->expression.Match(whole, 0, text.size(), re2::RE2::ANCHOR_BOTH, groups.data(), count)) return false;
  out.assign(1, kMarkBegin);
  out += "fits ";
  out += compiled_->expression.pattern();
  out += kMarkEnd;
  for (int i = 1; i < count; ++i) {
    const re2::StringPiece& group = groups[static_cast<std::size_t>(i)];
    // With its length: "a" and "bc" are not "ab" and "c".
    out += std::to_string(group.size());
    out += ':';
    out.append(group.data() == nullptr ? "" : group.data(), group.size());
  }
  return true;
}

}  // namespace cvr::match
