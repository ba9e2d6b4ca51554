#include "app/json_places.h"

#include "base/json_scan.h"

namespace cvr::app {
namespace {

// "~1" is '/', "~0" is '~'.
std::string unescaped(std::string_view segment) {
  std::string out;
  for (std::size_t i = 0; i < segment.size(); ++i) {
    const bool tilde = segment[i] == '~' && i + 1 < segment.size() && (segment[i + 1] == '0' || segment[i + 1] == '1');
    out += !tilde ? segment[i] : segment[++i] == '0' ? '~' : '/';
  }
  return out;
}

std::string escaped(std::string_view name) {
  std::string out;
  for (const char c : name) out += c == '~' ? std::string("~0") : c == '/' ? std::string("~1") : std::string(1, c);
  return out;
}

std::vector<std::string> segments_of(std::string_view pointer) {
  std::vector<std::string> out;
  while (!pointer.empty()) {
    pointer.remove_prefix(1);
    const std::size_t end = std::min(pointer.find('/'), pointer.size());
    out.push_back(pointer.substr(0, end) == "*" ? "*" : unescaped(pointer.substr(0, end)));
    pointer.remove_prefix(end);
  }
  return out;
}

class Places {
 public:
  Places(std::string_view text, std::string_view pointer, std::size_t most)
      : text_(text), scanner_(text), segments_(segments_of(pointer)), most_(most) {}

  std::vector<JsonPlace> run() {
    for (;;) {
      const auto token = scanner_.next();
      if (!token) return {};  // what looked like JSON is none
      if (*token == json::Token::kEnd) return std::move(out_);
      step(*token);
    }
  }

 private:
  struct Level {
    bool array = false;
    bool fits = false;  // the container stands on the way
    std::uint64_t next = 0;
    std::string step;  // to the value that comes next
  };

  void step(json::Token token) {
    using json::Token;
    switch (token) {
      case Token::kKey:
        levels_.back().step = json::unescape(scanner_.raw());
        return;
      case Token::kEndObject:
      case Token::kEndArray:
        if (open_ == levels_.size() && out_.size() < most_) {
          found_.text = text_.substr(found_.at, scanner_.end() - found_.at);
          out_.push_back(std::move(found_));
        }
        if (open_ == levels_.size()) open_ = 0;
        levels_.pop_back();
        return;
      default:
        value(token);
    }
  }

  void value(json::Token token) {
    using json::Token;
    const bool fits = enter();
    const bool here = fits && levels_.size() == segments_.size();
    if (token == Token::kBeginObject || token == Token::kBeginArray) {
      if (here) {
        found_ = {pointer(), scanner_.begin(), ""};
        open_ = levels_.size() + 1;
      }
      levels_.push_back({token == Token::kBeginArray, fits && !here, 0, ""});
    } else if (here && out_.size() < most_) {
      const bool string = token == Token::kString;
      out_.push_back(
          {pointer(), scanner_.begin(), string ? json::unescape(scanner_.raw()) : std::string(scanner_.raw())});
    }
  }

  // Whether the value that begins stands on the way.
  bool enter() {
    if (levels_.empty()) return true;
    Level& level = levels_.back();
    if (level.array) level.step = std::to_string(level.next++);
    if (!level.fits || levels_.size() > segments_.size()) return false;
    const std::string& wanted = segments_[levels_.size() - 1];
    return wanted == "*" || wanted == level.step;
  }

  std::string pointer() const {
    std::string out;
    for (const Level& level : levels_) out += '/' + escaped(level.step);
    return out;
  }

  std::string_view text_;
  json::Scanner scanner_;
  std::vector<std::string> segments_;
  std::size_t most_;
  std::vector<Level> levels_;
  std::size_t open_ = 0;  // depth of the container that is being caught; 0: none
  JsonPlace found_;
  std::vector<JsonPlace> out_;
};

}  // namespace

std::vector<JsonPlace> json_places(std::string_view text, std::string_view pointer, std::size_t most) {
  return Places(text, pointer, most).run();
}

}  // namespace cvr::app
