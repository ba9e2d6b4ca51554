// name=value pairs of a query or of a form body (WHATWG URL, application/x-www-form-urlencoded):
// '+' is a space, percent-coding is resolved, so "page[number]" and "page%5Bnumber%5D" are the same.
// At most kMaxPairs are kept.  Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cvr::sandbox {

inline constexpr std::size_t kMaxPairs = 256;

class Pairs {
 public:
  Pairs() = default;
  explicit Pairs(std::string_view text);

  bool has(std::string_view name) const { return find(name) != nullptr; }
  const std::string* find(std::string_view name) const;  // the first of that name
  std::size_t count(std::string_view name) const;
  bool empty() const { return pairs_.empty(); }

  // A whole number from `low` to `high`; `fallback` when absent, nullopt when it is not one.
  std::optional<std::int64_t> number(std::string_view name, std::int64_t fallback, std::int64_t low,
                                     std::int64_t high) const;

  // An optional part of a resource is asked for in one of two dialects (FACTS section 6.4):
  // "?taildetails=true" or "?fields[rfqs]=taildetails,typedetails".
  bool wants(std::string_view type, std::string_view flag) const;

 private:
  std::vector<std::pair<std::string, std::string>> pairs_;
};

// The whole text as a decimal number from `low` to `high`.
std::optional<std::int64_t> parse_number(std::string_view text, std::int64_t low, std::int64_t high);

}  // namespace cvr::sandbox
