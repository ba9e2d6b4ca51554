#include "match/json_walk.h"

#include <array>

#include "base/json_scan.h"
#include "match/normal_text.h"
#include "match/pieces.h"

namespace cvr::match {
namespace {

constexpr int kMostDepth = 64;

class JsonWalk {
 public:
  JsonWalk(const RedactedText& body, const MatchRules& rules, Visitor& visitor)
      : body_(body), rules_(rules), visitor_(visitor), scanner_(body.text, kMostDepth) {}

  bool run() {
    for (;;) {
      const auto token = scanner_.next();
      if (!token) return false;
      if (*token == json::Token::kEnd) return true;
      if (!step(*token)) return false;
    }
  }

 private:
  bool step(json::Token token) {
    using json::Token;
    switch (token) {
      case Token::kKey:
        return key();
      case Token::kBeginObject:
      case Token::kBeginArray:
        members_[static_cast<std::size_t>(scanner_.depth())] = 0;
        if (!skipping_) visitor_.begin(token == Token::kBeginObject ? Shape::kObject : Shape::kArray);
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
    if (is_listed(rules_.volatile_json, name.exact)) {
      skipping_ = true;
      skip_depth_ = scanner_.depth();
      return true;
    }
    visitor_.name(name);
    return ++members_[static_cast<std::size_t>(scanner_.depth())] <= kMostMembers;
  }

  // The volatile member's value ends where the scanner is back at the member's own depth.
  void end_skipped() { skipping_ = scanner_.depth() != skip_depth_; }

  void scalar(json::Token token) {
    using json::Token;
    visitor_.leaf(text(token == Token::kString   ? LeafType::kString
                       : token == Token::kNumber ? LeafType::kNumber
                                                 : LeafType::kWord));
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
  Visitor& visitor_;
  json::Scanner scanner_;
  NormalText text_;
  std::array<std::size_t, kMostDepth + 1> members_{};  // by depth
  bool skipping_ = false;
  int skip_depth_ = 0;
};

}  // namespace

bool walk_json(const RedactedText& body, const MatchRules& rules, Visitor& visitor) {
  return JsonWalk(body, rules, visitor).run();
}

}  // namespace cvr::match
