#include "match/json_walk.h"

#include <algorithm>

#include "base/json_scan.h"
#include "match/normal_text.h"

namespace cvr::match {
namespace {

struct Container {
  bool array;
  std::size_t count = 0;
};

class JsonWalk {
 public:
  JsonWalk(const RedactedText& body, const MatchRules& rules, Visitor& visitor)
      : body_(body), rules_(rules), visitor_(visitor), scanner_(body.text) {}

  void run() {
    for (;;) {
      const auto token = scanner_.next();
      if (!token || *token == json::Token::kEnd) return;
      step(*token);
    }
  }

 private:
  void step(json::Token token) {
    using json::Token;
    switch (token) {
      case Token::kKey:
        key();
        return;
      case Token::kBeginObject:
      case Token::kBeginArray:
        begin_value();
        containers_.push_back({token == Token::kBeginArray});
        return;
      case Token::kEndObject:
      case Token::kEndArray: {
        const Container ended = containers_.back();
        containers_.pop_back();
        if (ended.count == 0 && visible()) {
          const std::string_view mark = ended.array ? "[]" : "{}";
          visitor_.leaf({mark, mark});
        }
        end_value();
        return;
      }
      default:
        begin_value();
        if (visible()) scalar(token);
        end_value();
    }
  }

  bool visible() const { return skip_depth_ == 0; }

  void key() {
    const Leaf name = name_.of(body_, scanner_.begin(), scanner_.end(), json_unescaped);
    ++containers_.back().count;
    const bool dropped = visible() && std::any_of(rules_.volatile_json.begin(), rules_.volatile_json.end(), [&](const std::string& n) {
      return http::equals_ignoring_case(n, name.by_kind);
    });
    if (dropped) {
      skip_depth_ = containers_.size();
      --containers_.back().count;  // an object with nothing but volatile members counts as empty
    } else if (visible()) {
      visitor_.enter_key(name.by_kind);
    }
  }

  void begin_value() {
    if (containers_.empty() || !containers_.back().array) return;
    if (visible()) visitor_.enter_index(containers_.back().count);
    ++containers_.back().count;
  }

  void end_value() {
    if (containers_.empty()) return;
    if (skip_depth_ == containers_.size() && !containers_.back().array) {
      skip_depth_ = 0;
    } else if (visible()) {
      visitor_.leave();
    }
  }

  void scalar(json::Token token) {
    const Leaf value = value_.of(body_, scanner_.begin(), scanner_.end(),
                                 token == json::Token::kString ? json_unescaped : unchanged);
    if (token != json::Token::kString) return visitor_.leaf(value);
    // The string "1" is not the number 1.
    quoted_exact_.assign(1, '"').append(value.exact);
    quoted_kind_.assign(1, '"').append(value.by_kind);
    visitor_.leaf({quoted_exact_, quoted_kind_});
  }

  const RedactedText& body_;
  const MatchRules& rules_;
  Visitor& visitor_;
  json::Scanner scanner_;
  std::vector<Container> containers_;
  std::size_t skip_depth_ = 0;  // set: inside a volatile member of the object at this depth
  NormalText name_, value_;
  std::string quoted_exact_, quoted_kind_;
};

}  // namespace

bool is_json(std::string_view text) {
  json::Scanner scanner(text);
  for (;;) {
    const auto token = scanner.next();
    if (!token) return false;
    if (*token == json::Token::kEnd) return true;
  }
}

void walk_json(const RedactedText& body, const MatchRules& rules, Visitor& visitor) {
  JsonWalk(body, rules, visitor).run();
}

}  // namespace cvr::match
