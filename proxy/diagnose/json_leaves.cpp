#include "diagnose/json_leaves.h"

#include <algorithm>

#include "base/json_scan.h"

namespace cvr::diagnose {
namespace {

constexpr std::size_t kMostLeaves = 20'000;
constexpr std::size_t kMostPointerBytes = 4u << 20;

void append_step(std::string& out, std::string_view key) {
  out += '/';
  for (const char c : key) {
    if (c == '~') {
      out += "~0";
    } else if (c == '/') {
      out += "~1";
    } else {
      out += c;
    }
  }
}

class Walk {
 public:
  explicit Walk(std::string_view text) : scanner_(text) {}

  JsonLeaves run() {
    for (;;) {
      const auto token = scanner_.next();
      if (!token) return {JsonRead::kMalformed, {}};
      if (*token == json::Token::kEnd) break;
      step(*token);
      if (out_.size() > kMostLeaves || bytes_ > kMostPointerBytes) return {JsonRead::kTooLarge, {}};
    }
    return {JsonRead::kGood, std::move(out_)};
  }

 private:
  struct Level {
    bool list = false;
    std::size_t items = 0;
    std::size_t pointer_size = 0, shape_size = 0;  // of the container
  };

  void step(json::Token token) {
    switch (token) {
      case json::Token::kKey: {
        Level& level = levels_.back();
        ++level.items;
        cut(level);
        const std::string key = json::unescape(scanner_.raw());
        append_step(pointer_, key);
        append_step(shape_, key);
        return;
      }
      case json::Token::kBeginObject:
      case json::Token::kBeginArray:
        element();
        levels_.push_back({token == json::Token::kBeginArray, 0, pointer_.size(), shape_.size()});
        return;
      case json::Token::kEndObject:
      case json::Token::kEndArray: {
        const Level level = levels_.back();
        levels_.pop_back();
        cut(level);
        if (level.items == 0) add(level.list ? JsonLeaf::Type::kEmptyList : JsonLeaf::Type::kEmptyObject, {});
        return;
      }
      case json::Token::kString:
        element();
        return add(JsonLeaf::Type::kText, json::unescape(scanner_.raw()));
      case json::Token::kNumber:
        element();
        return add(JsonLeaf::Type::kNumber, std::string(scanner_.raw()));
      default:
        element();
        return add(JsonLeaf::Type::kWord, std::string(scanner_.raw()));
    }
  }

  void cut(const Level& level) {
    pointer_.resize(level.pointer_size);
    shape_.resize(level.shape_size);
  }

  void element() {
    if (levels_.empty() || !levels_.back().list) return;
    Level& level = levels_.back();
    cut(level);
    append_step(pointer_, std::to_string(level.items++));
    shape_ += "/*";
  }

  void add(JsonLeaf::Type type, std::string text) {
    bytes_ += pointer_.size() + shape_.size();
    out_.push_back({pointer_, shape_, type, std::move(text), scanner_.begin()});
  }

  json::Scanner scanner_;
  std::vector<Level> levels_;
  std::string pointer_, shape_;
  std::vector<JsonLeaf> out_;
  std::size_t bytes_ = 0;
};

// The first segment, with its slash, taken off.
std::string_view take_segment(std::string_view& pointer) {
  const std::size_t end = std::min(pointer.find('/', 1), pointer.size());
  const std::string_view segment = pointer.substr(0, end);
  pointer.remove_prefix(end);
  return segment;
}

}  // namespace

JsonLeaves read_json(std::string_view text) { return Walk(text).run(); }

bool reaches(std::string_view pattern, std::string_view pointer) {
  while (!pattern.empty()) {
    if (pointer.empty()) return false;
    const std::string_view wanted = take_segment(pattern);
    const std::string_view found = take_segment(pointer);
    if (wanted != "/*" && wanted != found) return false;
  }
  return true;
}

bool fits_pointer(std::string_view pattern, std::string_view pointer) {
  return std::ranges::count(pattern, '/') == std::ranges::count(pointer, '/') && reaches(pattern, pointer);
}

std::string_view last_key(std::string_view shape) {
  while (shape.ends_with("/*")) shape.remove_suffix(2);
  const std::size_t slash = shape.rfind('/');
  return slash == shape.npos ? std::string_view() : shape.substr(slash + 1);
}

}  // namespace cvr::diagnose
