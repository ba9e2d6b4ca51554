#include "match/json_walk.h"

#include <array>
#include <string>

#include "base/json_scan.h"
#include "match/normal_text.h"
#include "match/pieces.h"
#include "match/value_rules.h"

namespace cvr::match {
namespace {

constexpr int kMostDepth = 64;

class JsonWalk {
 public:
  JsonWalk(const RedactedText& body, const MatchRules& rules, const PartRules& parts, Visitor& visitor)
      : body_(body),
        rules_(rules),
        values_(parts.json_values),
        tracks_(has_pointers(parts.json_values)),
        visitor_(visitor),
        scanner_(body.text, kMostDepth) {}

  bool run() {
    for (;;) {
      const auto token = scanner_.next();
      if (!token) return false;
      if (*token == json::Token::kEnd) return true;
      if (!step(*token)) return false;
    }
  }

 private:
  struct Level {
    std::size_t members = 0;
    std::size_t pointer_size = 0;  // of the container, when pointers are tracked
    std::size_t next = 0;          // element of an array
    bool array = false;
  };

  Level& level() { return levels_[static_cast<std::size_t>(scanner_.depth())]; }

  bool step(json::Token token) {
    using json::Token;
    switch (token) {
      case Token::kKey:
        return key();
      case Token::kBeginObject:
      case Token::kBeginArray:
        if (!skipping_) begin(token == Token::kBeginArray);
        return true;
      case Token::kEndObject:
      case Token::kEndArray:
        if (!skipping_) {
          visitor_.end();
        } else {
          end_skipped();
        }
        return true;
      default:
        if (!skipping_) {
          scalar(token);
        } else {
          end_skipped();
        }
        return true;
    }
  }

  bool key() {
    if (skipping_) return true;
    const Leaf name = text(LeafType::kString);
    rule_ = nullptr;
    if (!values_.empty()) {
      if (tracks_) {
        pointer_.resize(level().pointer_size);
        append_step(name.exact, pointer_);
        rule_ = rule_for_pointer(values_, pointer_);
      }
      if (rule_ == nullptr) rule_ = rule_for(values_, name.exact);
    }
    const bool left_out = rule_ != nullptr && rule_->how == How::kAny;
    if (left_out) visitor_.loosened();
    if (left_out || (rule_ == nullptr && is_listed(rules_.volatile_json, name.exact))) {
      skipping_ = true;
      skip_depth_ = scanner_.depth();
      return true;
    }
    visitor_.name(name);
    return ++level().members <= kMostMembers;
  }

  // An element has no name: only a pointer's rule can be for it.  `depth`: of the array.
  void enter_element(int depth) {
    Level& array = levels_[static_cast<std::size_t>(depth)];
    if (!tracks_ || !array.array) return;
    pointer_.resize(array.pointer_size);
    append_step(std::to_string(array.next++), pointer_);
    rule_ = rule_for_pointer(values_, pointer_);
  }

  // An element that does not count keeps its place.
  bool skip_element(int depth) {
    if (rule_ == nullptr || rule_->how != How::kAny) return false;
    visitor_.loosened();
    visitor_.leaf({"", "", LeafType::kWord});
    rule_ = nullptr;
    skip_depth_ = depth;
    return true;
  }

  void begin(bool array) {
    enter_element(scanner_.depth() - 1);
    if (skip_element(scanner_.depth() - 1)) {
      skipping_ = true;
      return;
    }
    const bool bag = array && rule_ != nullptr && rule_->how == How::kSet;
    if (bag) visitor_.loosened();
    rule_ = nullptr;
    level() = {0, pointer_.size(), 0, array};
    visitor_.begin(bag ? Shape::kBag : array ? Shape::kArray : Shape::kObject);
  }

  // The skipped value ends where the scanner is back at the depth of what it is in.
  void end_skipped() { skipping_ = scanner_.depth() != skip_depth_; }

  void scalar(json::Token token) {
    using json::Token;
    enter_element(scanner_.depth());
    if (skip_element(scanner_.depth())) return;
    const Leaf leaf = text(token == Token::kString   ? LeafType::kString
                           : token == Token::kNumber ? LeafType::kNumber
                                                     : LeafType::kWord);
    if (rule_ == nullptr) return visitor_.leaf(leaf);
    visitor_.leaf(compared_by(*rule_, leaf, buffer_));
    if (rule_->how == How::kRegex || rule_->how == How::kNumber) visitor_.loosened();
    rule_ = nullptr;
  }

  // Most texts stand for themselves: no escapes, so no control characters either.
  Leaf text(LeafType type) {
    const bool escaped = type == LeafType::kString && scanner_.escaped();
    if (!escaped && !has_pseudonym(body_, scanner_.begin(), scanner_.end())) {
      return {scanner_.raw(), scanner_.raw(), type};
    }
    return text_.of(body_, scanner_.begin(), scanner_.end(), escaped ? kJsonText : kAsIs, type);
  }

  const RedactedText& body_;
  const MatchRules& rules_;
  const std::vector<ValueRule>& values_;
  const bool tracks_;
  Visitor& visitor_;
  json::Scanner scanner_;
  NormalText text_;
  std::array<Level, kMostDepth + 1> levels_{};
  std::string pointer_, buffer_;
  const Comparison* rule_ = nullptr;  // for the value that comes next
  bool skipping_ = false;
  int skip_depth_ = 0;
};

}  // namespace

bool walk_json(const RedactedText& body, const MatchRules& rules, const PartRules& parts, Visitor& visitor) {
  return JsonWalk(body, rules, parts, visitor).run();
}

}  // namespace cvr::match
