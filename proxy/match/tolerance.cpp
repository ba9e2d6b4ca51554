#include "match/tolerance.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

#include "base/escape.h"
#include "match/walk.h"

namespace cvr::match {
namespace {

struct Number {
  std::string place;
  double value;
  double tolerance;
  std::string text;
};

// Collects the numbers with a tolerance, by their place.
class Collector : public Visitor {
 public:
  void begin(Shape shape) override {
    step();
    open_.push_back({shape, place_.size(), 0});
  }
  void name(const Leaf& name) override {
    place_.resize(open_.back().place_size);
    place_ += '/';
    place_ += name.exact;
  }
  void end() override {
    place_.resize(open_.back().place_size);
    open_.pop_back();
  }
  void leaf(const Leaf& leaf) override {
    step();
    if (leaf.tolerance >= 0) numbers_.push_back({place_, leaf.value, leaf.tolerance, std::string(leaf.exact)});
  }
  void restart() override {
    numbers_.clear();
    open_.clear();
    place_.clear();
  }
  std::vector<Number> take() {
    std::stable_sort(numbers_.begin(), numbers_.end(), [](const Number& a, const Number& b) {
      return std::tie(a.place, a.value) < std::tie(b.place, b.value);
    });
    std::vector<Number> out = std::move(numbers_);
    restart();
    return out;
  }

 private:
  struct Open {
    Shape shape;
    std::size_t place_size;
    std::size_t next;
  };
  void step() {
    if (open_.empty() || open_.back().shape == Shape::kObject || open_.back().shape == Shape::kPairs) return;
    place_.resize(open_.back().place_size);
    place_ += '/';
    if (open_.back().shape == Shape::kArray) place_ += std::to_string(open_.back().next++);
  }

  std::vector<Number> numbers_;
  std::vector<Open> open_;
  std::string place_;
};

// 0.4 and 0.3 differ by a little more than 0.1 as binary numbers: what the digits lost in reading is forgiven.
bool is_near(const Number& a, const Number& b) {
  const double lost = 4 * std::numeric_limits<double>::epsilon() * std::max(std::abs(a.value), std::abs(b.value));
  return std::abs(a.value - b.value) <= a.tolerance + lost;
}

std::optional<Difference> beyond(const char* part, const std::vector<Number>& asked,
                                 const std::vector<Number>& recorded) {
  for (std::size_t i = 0; i < std::min(asked.size(), recorded.size()); ++i) {
    if (is_near(asked[i], recorded[i])) continue;
    const auto told = [](const Number& number) {
      return printable(shortened(number.place, 100)) + ": " + printable(shortened(number.text, 60));
    };
    return Difference{part, told(asked[i]), told(recorded[i]), 1};
  }
  return std::nullopt;
}

bool is_number_rule(const ValueRule& rule) { return rule.comparison.how == How::kNumber; }

}  // namespace

bool has_tolerance(const PartRules& parts) {
  return std::ranges::any_of(parts.query_names, is_number_rule) ||
         std::ranges::any_of(parts.form_names, is_number_rule) ||
         std::ranges::any_of(parts.json_values, is_number_rule) || std::ranges::any_of(parts.headers, is_number_rule);
}

bool has_tolerance(const RedactedRequest& request, const MatchRules& rules) {
  return has_tolerance(rules.parts_for(request));
}

bool is_within_tolerance(const RedactedRequest& asked, const RedactedRequest& recorded, const MatchRules& rules) {
  return !beyond_tolerance(asked, recorded, rules);
}

std::optional<Difference> beyond_tolerance(const RedactedRequest& asked, const RedactedRequest& recorded,
                                           const MatchRules& rules) {
  const PartRules& parts = rules.parts_for(asked);
  if (!has_tolerance(parts)) return std::nullopt;
  Collector mine;
  Collector theirs;
  walk_query(asked, rules, parts, mine);
  walk_query(recorded, rules, parts, theirs);
  if (auto found = beyond("query", mine.take(), theirs.take())) return found;
  walk_headers(asked, parts, mine);
  walk_headers(recorded, parts, theirs);
  if (auto found = beyond("header", mine.take(), theirs.take())) return found;
  walk_body(asked, rules, parts, mine);
  walk_body(recorded, rules, parts, theirs);
  return beyond("body", mine.take(), theirs.take());
}

}  // namespace cvr::match
