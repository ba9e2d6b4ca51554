#include "redact/rules/graphql.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/char_set.h"
#include "base/json_scan.h"
#include "redact/leaf.h"

namespace cvr::redact {
namespace {

constexpr std::size_t kMaxFrames = 64;
constexpr std::size_t kMaxName = 64;
constexpr std::size_t kMostBound = 256;

constexpr CharSet kNameChars("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");
constexpr CharSet kNumberChars("0123456789+-.eE");
constexpr CharSet kIgnored(" \t\r\n,");
constexpr CharSet kSigns("!&()=:@[]{}|$");

enum class Is : std::uint8_t { kEnd, kBad, kSign, kName, kComment, kVariable, kNumber, kString, kBlock };

struct Token {
  Is is = Is::kEnd;
  std::size_t begin = 0;  // without quotes and '$'
  std::size_t end = 0;
};

// Section 2.1.
class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  Token next() {
    at_ = std::min(kIgnored.first_not_in(text_, at_), text_.size());
    if (at_ == text_.size()) return {};
    const char c = text_[at_];
    if (c == '#') {
      const std::size_t begin = std::exchange(at_, std::min(text_.find_first_of("\r\n", at_), text_.size()));
      return {Is::kComment, begin, at_};
    }
    if (c == '"') return string();
    if (c == '$') return run(Is::kVariable, at_ + 1, kNameChars);
    if ((c >= '0' && c <= '9') || c == '-') return run(Is::kNumber, at_, kNumberChars);
    if (kNameChars.has(c)) return run(Is::kName, at_, kNameChars);
    if (text_.substr(at_).starts_with("...")) return at_ += 3, Token{Is::kSign, at_ - 1, at_};
    if (!kSigns.has(c)) return {Is::kBad, at_, at_};
    ++at_;
    return {Is::kSign, at_ - 1, at_};
  }

 private:
  Token run(Is is, std::size_t from, const CharSet& of) {
    at_ = std::min(of.first_not_in(text_, from), text_.size());
    return {at_ == from ? Is::kBad : is, from, at_};
  }

  Token string() {
    constexpr std::string_view kBlock = "\"\"\"";
    if (text_.substr(at_).starts_with(kBlock)) {
      const std::size_t begin = at_ + 3;
      std::size_t end = text_.find(kBlock, begin);
      while (end != text_.npos && text_[end - 1] == '\\') end = text_.find(kBlock, end + 3);
      if (end == text_.npos) return {Is::kBad, begin, begin};
      at_ = end + 3;
      return {Is::kBlock, begin, end};
    }
    const std::size_t begin = at_ + 1;
    for (std::size_t end = begin; end < text_.size() && text_[end] != '\n'; ++end) {
      if (text_[end] == '"') {
        at_ = end + 1;
        return {Is::kString, begin, end};
      }
      if (text_[end] == '\\') ++end;
    }
    return {Is::kBad, begin, begin};
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

using Bound = std::map<std::string, Named, std::less<>>;  // variables of sensitive arguments

bool opens_request(std::string_view text) {
  Lexer lexer(text);
  Token first = lexer.next();
  while (first.is == Is::kComment) first = lexer.next();
  const std::string_view word = text.substr(first.begin, first.end - first.begin);
  if (first.is == Is::kSign) return word == "{";
  return first.is == Is::kName &&
         (word == "query" || word == "mutation" || word == "subscription" || word == "fragment");
}

class Reader {
 public:
  // Without `edits` it looks whether the text can be read, and which variables are bound.
  Reader(std::string_view text, Context& context, Bound& bound, Edits* edits)
      : text_(text), lexer_(text), context_(context), bound_(bound), edits_(edits) {}

  bool run() {
    bool any = false;
    now_ = next();
    for (Token then; now_.is != Is::kEnd; now_ = then) {
      if (now_.is == Is::kBad) return false;
      then = next();
      const bool names = then.is == Is::kSign && word_of(then) == ":";
      if (now_.is == Is::kSign ? !sign() : !word(names)) return false;
      any |= now_.is == Is::kSign && word_of(now_) == "{";
    }
    return any && frames_.empty();
  }

 private:
  // A pair of brackets.  In those of values names stand before values.
  struct Frame {
    char open = '{';
    bool values = false;
    std::optional<Named> outer = {};  // speaks for all in it
    std::optional<Named> named = {};  // of the value at hand
    std::string_view name = {};
  };

  // In comments is prose.
  Token next() {
    for (;;) {
      const Token token = lexer_.next();
      if (token.is != Is::kComment) return token;
      if (edits_ == nullptr) continue;
      Edits found;
      collect_loose(word_of(token), context_, found);
      append_moved(std::move(found), token.begin, *edits_);
    }
  }

  std::string_view word_of(const Token& token) const { return text_.substr(token.begin, token.end - token.begin); }
  bool in_values() const { return !frames_.empty() && frames_.back().values; }

  bool sign() {
    const char c = text_[now_.begin];
    if (c == '(' || c == '{' || c == '[') return open(c);
    if (c != ')' && c != '}' && c != ']') return true;
    const char open = c == ')' ? '(' : c == '}' ? '{' : '[';
    if (frames_.empty() || frames_.back().open != open) return false;
    frames_.pop_back();
    if (in_values() && frames_.back().open != '[') frames_.back().named = frames_.back().outer;
    return true;
  }

  bool open(char c) {
    if (frames_.size() == kMaxFrames || (c == '(' && in_values()) || (c == '[' && !in_values())) return false;
    Frame frame{.open = c, .values = c == '(' || in_values()};
    if (in_values()) {
      frame.outer = frames_.back().named;
      frame.name = frames_.back().name;
      if (c == '{' && frame.outer && frame.outer->guard != Guard::kNone) frame.outer.reset();
    }
    frame.named = frame.outer;
    frames_.push_back(std::move(frame));
    return true;
  }

  // `names`: a colon follows.
  bool word(bool names) {
    const std::string_view text = word_of(now_);
    const bool literal = now_.is == Is::kNumber || now_.is == Is::kString || now_.is == Is::kBlock;
    if (!in_values()) return !literal && now_.is != Is::kVariable;
    Frame& frame = frames_.back();
    if (names && !literal && frame.open != '[') {
      frame.name = text;
      const auto named = text.size() <= kMaxName ? context_.names.find_json(text, {}) : std::nullopt;
      const auto bound = now_.is == Is::kVariable && !named ? bound_.find(text) : bound_.end();
      frame.named = named ? named : bound != bound_.end() ? std::optional(bound->second) : frame.outer;
      return true;
    }
    if (frame.named && !is_oauth(frame.named->guard)) {
      if (now_.is == Is::kVariable && bound_.size() < kMostBound) bound_.try_emplace(std::string(text), *frame.named);
      if (literal && edits_ != nullptr && value(*frame.named, frame.name)) return true;
    }
    if (now_.is == Is::kString && edits_ != nullptr) collect_leaf(text, now_.begin, View::kJson, context_, *edits_);
    return true;
  }

  bool value(const Named& named, std::string_view name) {
    const std::string_view text = word_of(now_);
    if (named.general && !admits(named, name, text)) return false;
    if (now_.is == Is::kNumber) {
      auto mask = context_.masker.number(text, named.kind);
      edits_->push_back({now_.begin, now_.end, named.kind, "graphql.name", std::move(mask.text),
                         mask.already ? Edit::Action::kKeep : Edit::Action::kReplace});
    } else {
      const auto view = now_.is == Is::kString ? std::optional(View::kJson) : std::nullopt;
      collect_named(named, name, text, now_.begin, view, "graphql.name", Place::kJson, context_, *edits_);
    }
    return true;
  }

  std::string_view text_;
  Lexer lexer_;
  Context& context_;
  Bound& bound_;
  Edits* edits_;
  Token now_;
  std::vector<Frame> frames_;
};

// Of one object of "variables".
void collect_bound(std::string_view json, std::size_t begin, const Bound& bound, Context& context, Edits& edits) {
  json::Scanner scanner(json);
  std::string key;  // of the object itself
  for (json::Token token = scanner.step(); token != json::Token::kEnd; token = scanner.step()) {
    if (token == json::Token::kMalformed) return;
    if (token == json::Token::kKey && scanner.depth() == 1) key = json::unescape(scanner.raw());
    if (token != json::Token::kString && token != json::Token::kNumber) continue;
    const auto named = bound.find(key);
    if (named == bound.end()) continue;
    const std::string_view raw = scanner.raw();
    if (named->second.general && !admits(named->second, key, raw)) continue;
    if (token == json::Token::kString) {
      collect_named(named->second, key, raw, begin + scanner.begin(), View::kJson, "graphql.variable", Place::kJson,
                    context, edits);
    } else {
      auto mask = context.masker.number(raw, named->second.kind);
      edits.push_back({begin + scanner.begin(), begin + scanner.end(), named->second.kind, "graphql.variable",
                       std::move(mask.text), mask.already ? Edit::Action::kKeep : Edit::Action::kReplace});
    }
  }
}

}  // namespace

bool collect_graphql(std::string_view text, Context& context, Edits& edits) {
  if (!opens_request(text)) return false;
  Bound bound;
  if (!Reader(text, context, bound, nullptr).run()) return false;
  return Reader(text, context, bound, &edits).run();
}

void collect_graphql_variables(std::string_view json, Context& context, Edits& edits) {
  struct Request {
    std::string_view query = {};
    std::size_t begin = 0;  // of the variables
    std::size_t end = 0;
  };
  Request request;
  std::string_view key;
  json::Scanner scanner(json);
  const bool list = json[json.find_first_not_of(" \t\r\n")] == '[';
  const int level = list ? 2 : 1;  // of a request's members
  for (json::Token token = scanner.step(); token != json::Token::kEnd; token = scanner.step()) {
    if (token == json::Token::kMalformed) return;
    const int depth = scanner.depth();
    if (token == json::Token::kKey && depth == level) {
      key = scanner.raw();
    } else if (token == json::Token::kString && depth == level && key == "query") {
      request.query = scanner.raw();
    } else if (token == json::Token::kBeginObject && depth == level + 1 && key == "variables") {
      request.begin = scanner.begin();
    } else if (token == json::Token::kEndObject && depth == level && key == "variables") {
      request.end = scanner.end();
    } else if (token == json::Token::kEndObject && depth == level - 1) {
      const Request done = std::exchange(request, {});
      key = {};
      if (done.query.empty() || done.end == 0) continue;
      Bound bound;
      const std::string query = json::unescape(done.query);
      if (!opens_request(query) || !Reader(query, context, bound, nullptr).run() || bound.empty()) continue;
      collect_bound(json.substr(done.begin, done.end - done.begin), done.begin, bound, context, edits);
    }
  }
}

}  // namespace cvr::redact
