#include "match/value_rules.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "match/expression.h"
#include "match/normal_text.h"

namespace cvr::match {
namespace {

constexpr char kAnyNumber[] = {kMarkBegin, 'n', 'u', 'm', 'b', 'e', 'r', kMarkEnd, '\0'};

bool fits_pointer(std::string_view rule, std::string_view pointer) {
  while (!rule.empty() && !pointer.empty()) {
    const std::size_t rule_end = std::min(rule.find('/', 1), rule.size());
    const std::size_t end = std::min(pointer.find('/', 1), pointer.size());
    const std::string_view wanted = rule.substr(0, rule_end);
    if (wanted != "/*" && wanted != pointer.substr(0, end)) return false;
    rule.remove_prefix(rule_end);
    pointer.remove_prefix(end);
  }
  return rule.empty() && pointer.empty();
}

}  // namespace

const Comparison* rule_for(const std::vector<ValueRule>& rules, std::string_view name) {
  const auto found = std::ranges::find_if(rules, [name](const ValueRule& rule) {
    return !rule.name.starts_with('/') && rule.name.size() == name.size() &&
           http::equals_ignoring_case(rule.name, name);
  });
  return found == rules.end() ? nullptr : &found->comparison;
}

const Comparison* rule_for_pointer(const std::vector<ValueRule>& rules, std::string_view pointer) {
  const auto found = std::ranges::find_if(rules, [pointer](const ValueRule& rule) {
    return rule.name.starts_with('/') && fits_pointer(rule.name, pointer);
  });
  return found == rules.end() ? nullptr : &found->comparison;
}

void append_step(std::string_view name, std::string& pointer) {
  pointer += '/';
  for (const char c : name) {
    if (c == '~') {
      pointer += "~0";
    } else if (c == '/') {
      pointer += "~1";
    } else {
      pointer += c;
    }
  }
}

bool has_pointers(const std::vector<ValueRule>& rules) {
  return std::ranges::any_of(rules, [](const ValueRule& rule) { return rule.name.starts_with('/'); });
}

bool parse_number(std::string_view text, double& value) {
  const std::string_view digits = text.starts_with('-') ? text.substr(1) : text;
  if (digits.empty() || digits.front() < '0' || digits.front() > '9') return false;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() && std::isfinite(value);
}

Leaf compared_by(const Comparison& rule, const Leaf& leaf, std::string& buffer) {
  switch (rule.how) {
    case How::kExact:
      return {leaf.exact, leaf.exact, leaf.type};
    case How::kRegex:
      if (!rule.expression->fits(leaf.exact, buffer)) return leaf;
      return {buffer, buffer, leaf.type};
    case How::kNumber: {
      double value = 0;
      if (!parse_number(leaf.exact, value)) return leaf;
      return {leaf.exact, kAnyNumber, leaf.type, rule.tolerance, value};
    }
    default:
      return leaf;
  }
}

}  // namespace cvr::match
