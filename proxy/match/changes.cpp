#include "match/changes.h"

#include <algorithm>
#include <map>
#include <optional>

#include "base/escape.h"
#include "match/counterparts.h"
#include "match/value_rules.h"

namespace cvr::match {
namespace {

constexpr std::size_t kLongestPlace = 100;
constexpr std::size_t kLongestValue = 80;
constexpr std::size_t kContext = 20;  // bytes shown before the first differing one

std::string pointer_step(std::string_view name) {
  std::string out;
  append_step(name, out);
  return out;
}

// `text` around byte `at`.
std::string excerpt(std::string_view text, std::size_t at) {
  if (text.size() <= kLongestValue || at <= kLongestValue / 2) return printable(shortened(text, kLongestValue));
  std::size_t begin = at - kContext;
  while (begin < text.size() && (static_cast<unsigned char>(text[begin]) & 0xc0) == 0x80) ++begin;
  return "..." + printable(shortened(text.substr(begin), kLongestValue - 3));
}

std::string value_text(const Node& node, std::size_t at = 0) {
  if (!node.container) return node.text.empty() ? "(empty)" : excerpt(node.text, at);
  const std::string count = std::to_string(node.children.size());
  if (node.shape == Shape::kArray || node.shape == Shape::kBag) return "an array of " + count;
  return node.children.empty() ? "{}" : "an object of " + count;
}

class Search {
 public:
  // `every`: where all changes go; nullptr: only the first is told.
  Search(const Outline& asked, const Outline& recorded, std::vector<Change>* every = nullptr)
      : asked_(asked), recorded_(recorded), every_(every) {}

  Changes run() {
    if (asked_.root() == nullptr || recorded_.root() == nullptr) return {};
    values(*asked_.root(), *recorded_.root());
    if (changes_.count == 0 && asked_.root()->digest.by_kind != recorded_.root()->digest.by_kind) {
      const std::string text = "differs beyond the first " + std::to_string(Outline::kMostNodes) + " values";
      note(text, text);
    }
    return std::move(changes_);
  }

 private:
  // Recursion is as deep as the JSON walk: 64.
  void values(const Node& a, const Node& r) {
    if (a.digest.by_kind == r.digest.by_kind || changes_.count >= kMostCounted) return;
    if (!a.container || !r.container || a.shape != r.shape) return leaves(a, r);
    switch (a.shape) {
      case Shape::kArray:
        return arrays(a, r);
      case Shape::kObject:
        return objects(a, r);
      case Shape::kPairs:
      case Shape::kBag:
        return pairs(a, r);
    }
  }

  void leaves(const Node& a, const Node& r) {
    const auto [left, right] = std::mismatch(a.text.begin(), a.text.end(), r.text.begin(), r.text.end());
    const auto at = static_cast<std::size_t>(left - a.text.begin());
    const bool hides = every_ == nullptr && !a.container && a.plain && r.hidden;
    note(hides ? std::string(kNotShown) : value_text(a, at), value_text(r, at));
  }

  void arrays(const Node& a, const Node& r) {
    const std::size_t common = std::min(a.children.size(), r.children.size());
    for (std::size_t i = 0; i < common; ++i) {
      below('/' + std::to_string(i), [&] { values(asked_.node(a.children[i]), recorded_.node(r.children[i])); });
    }
    for (std::size_t i = common; i < a.children.size(); ++i) {
      below('/' + std::to_string(i), [&] { only_asked(asked_.node(a.children[i])); });
    }
    for (std::size_t i = common; i < r.children.size(); ++i) {
      below('/' + std::to_string(i), [&] { only_recorded(recorded_.node(r.children[i])); });
    }
  }

  // Children by the digest of their name, last first, so that the next one is at the back.
  using ByName = std::map<Hash, std::vector<std::uint32_t>>;
  static ByName by_name(const Outline& outline, const Node& node) {
    ByName out;
    for (auto child = node.children.rbegin(); child != node.children.rend(); ++child) {
      out[outline.node(*child).name.by_kind].push_back(*child);
    }
    return out;
  }

  void objects(const Node& a, const Node& r) {
    auto others = by_name(recorded_, r);
    for (const std::uint32_t child : a.children) {
      const Node& node = asked_.node(child);
      const auto found = others.find(node.name.by_kind);
      below(pointer_step(node.name_text), [&] {
        if (found == others.end() || found->second.empty()) return only_asked(node);
        values(node, recorded_.node(found->second.back()));
        found->second.pop_back();
      });
    }
    rest(others, pointer_step);
  }

  // Equal pairs cancel out first; then pairs of one name are compared, then the rest is told.
  void pairs(const Node& a, const Node& r) {
    std::map<std::pair<Hash, Hash>, int> surplus;  // of recorded over asked, by name and value
    const auto key = [](const Node& node) { return std::pair(node.name.by_kind, node.digest.by_kind); };
    for (const std::uint32_t child : r.children) ++surplus[key(recorded_.node(child))];
    std::vector<std::uint32_t> unpaired;
    for (const std::uint32_t child : a.children) {
      if (int& left = surplus[key(asked_.node(child))]; left > 0) {
        --left;
      } else {
        unpaired.push_back(child);
      }
    }
    ByName others;
    for (auto child = r.children.rbegin(); child != r.children.rend(); ++child) {
      const Node& node = recorded_.node(*child);
      if (surplus[key(node)]-- > 0) others[node.name.by_kind].push_back(*child);
    }
    for (const std::uint32_t child : unpaired) {
      const Node& node = asked_.node(child);
      auto& same_name = others[node.name.by_kind];
      below(node.name_text, [&] {
        if (same_name.empty()) return only_asked(node);
        values(node, recorded_.node(same_name.back()));
        same_name.pop_back();
      });
    }
    rest(others, [](std::string_view name) { return std::string(name); });
  }

  // What only the recorded container has, in its order.
  template <class Step>
  void rest(const ByName& others, Step step) {
    std::vector<std::uint32_t> left;
    for (const auto& [name, children] : others) left.insert(left.end(), children.begin(), children.end());
    std::sort(left.begin(), left.end());
    for (const std::uint32_t child : left) {
      const Node& node = recorded_.node(child);
      below(step(node.name_text), [&] { only_recorded(node); });
    }
  }

  template <class Visit>
  void below(const std::string& step, Visit visit) {
    const std::size_t size = place_.size();
    place_ += step;
    visit();
    place_.resize(size);
  }

  // What an outline has not may just not have been kept.
  void only_asked(const Node& node) {
    if (!recorded_.cut()) note(value_text(node), std::string(kAbsent));
  }
  void only_recorded(const Node& node) {
    if (!asked_.cut()) note(std::string(kAbsent), value_text(node));
  }

  std::string at_place(const std::string& value) const {
    return place_.empty() ? value : printable(shortened(place_, kLongestPlace)) + ": " + value;
  }

  void note(std::string asked, std::string recorded) {
    if (changes_.count >= kMostCounted) return;
    ++changes_.count;
    if (changes_.count == 1) {
      changes_.asked = at_place(asked);
      changes_.recorded = at_place(recorded);
    }
    if (every_ != nullptr) every_->push_back({place_, std::move(asked), std::move(recorded)});
  }

  const Outline& asked_;
  const Outline& recorded_;
  std::vector<Change>* every_;
  std::string place_;
  Changes changes_;
};

}  // namespace

Changes changes_between(const Outline& asked, const Outline& recorded) { return Search(asked, recorded).run(); }

std::vector<Change> every_change(const Outline& asked, const Outline& recorded) {
  std::vector<Change> out;
  Search(asked, recorded, &out).run();
  return out;
}

}  // namespace cvr::match
