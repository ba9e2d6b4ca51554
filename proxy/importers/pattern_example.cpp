#include "importers/pattern_example.h"

#include <re2/re2.h>

namespace cvr::importers {
namespace {

constexpr std::size_t kMostBytes = 64 * 1024;
constexpr std::size_t kMostRepeats = 64;
constexpr int kMostDepth = 16;
constexpr std::int64_t kMostMemory = 16 << 20;

class Walker {
 public:
  explicit Walker(std::string_view pattern) : rest_(pattern) {}

  std::optional<Example> all() {
    for (const std::string_view flag : {"(?s)", "^"}) {
      if (rest_.starts_with(flag)) rest_.remove_prefix(flag.size());
    }
    std::string text = alternatives(0);
    if (!good_ || !rest_.empty() || text.size() > kMostBytes) return std::nullopt;
    return Example{std::move(text), literal_};
  }

 private:
  char take() {
    const char c = rest_.front();
    rest_.remove_prefix(1);
    return c;
  }
  bool took(std::string_view word) {
    if (!rest_.starts_with(word)) return false;
    rest_.remove_prefix(word.size());
    return true;
  }

  // The first alternative; the others are walked over.
  std::string alternatives(int depth) {
    std::string first = sequence(depth);
    while (good_ && took("|")) {
      literal_ = false;
      sequence(depth);
    }
    return first;
  }

  std::string sequence(int depth) {
    std::string out;
    while (good_ && !rest_.empty() && rest_.front() != '|' && rest_.front() != ')') {
      if (rest_ == "$") {
        rest_.remove_prefix(1);
        break;
      }
      if (took("\\Q")) {
        const std::size_t end = std::min(rest_.find("\\E"), rest_.size());
        out += rest_.substr(0, end);
        rest_.remove_prefix(std::min(end + 2, rest_.size()));
        continue;
      }
      bool any = false;
      const std::string atom = this->atom(depth, any);
      repeat(atom, any, out);
    }
    return out;
  }

  std::string atom(int depth, bool& any) {
    const char c = take();
    if (c == '(') return group(depth);
    if (c == '[') return char_class();
    if (c == '\\') return escape();
    if (c == '.') {
      any = true;
      literal_ = false;
      return "x";
    }
    if (std::string_view("*+?{}^$]").find(c) != std::string_view::npos) good_ = false;
    return std::string(1, c);
  }

  std::string group(int depth) {
    literal_ = false;
    if (took("?") && !took(":")) {
      const std::size_t end = rest_.starts_with("<") || rest_.starts_with("P<") ? rest_.find('>') : rest_.npos;
      good_ = good_ && end != rest_.npos && rest_.substr(0, end).find_first_of("=!") == rest_.npos;
      if (good_) rest_.remove_prefix(end + 1);
    }
    if (depth >= kMostDepth) good_ = false;
    std::string out = good_ ? alternatives(depth + 1) : std::string();
    good_ = took(")") && good_;
    return out;
  }

  std::string char_class() {
    literal_ = false;
    const bool negated = took("^");
    std::string first;
    bool is_first = true;
    for (; good_ && !rest_.empty() && (is_first || rest_.front() != ']'); is_first = false) {
      const char c = take();
      const std::string one = c == '\\' && !rest_.empty() ? escape() : std::string(1, c);
      if (is_first) first = one;
    }
    good_ = took("]") && good_;
    return negated ? "x" : first;
  }

  std::string escape() {
    if (rest_.empty()) {
      good_ = false;
      return {};
    }
    const char c = take();
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!is_letter) return std::string(1, c);
    literal_ = false;
    switch (c) {
      case 'd':
        return "1";
      case 'w':
      case 'S':
      case 'D':
        return "x";
      case 's':
      case 'W':
        return " ";
      default:
        good_ = false;
        return {};
    }
  }

  void repeat(const std::string& atom, bool any, std::string& out) {
    std::size_t times = 1;
    bool repeated = true;
    if (took("*") || took("?")) {
      times = 0;
    } else if (took("{")) {
      times = 0;
      const std::size_t end = std::min(rest_.find('}'), rest_.size());
      for (const char c : rest_.substr(0, std::min(rest_.find(','), end))) {
        good_ = good_ && c >= '0' && c <= '9' && times <= kMostRepeats;
        times = times * 10 + static_cast<std::size_t>(c - '0');
      }
      good_ = good_ && end < rest_.size() && times <= kMostRepeats;
      rest_.remove_prefix(std::min(end + 1, rest_.size()));
    } else if (took("+")) {
      if (any) {
        out += "example";
        times = 0;
      }
    } else {
      repeated = false;
    }
    if (repeated) {
      literal_ = false;
      if (!took("?")) took("+");  // lazy, possessive
    }
    if (out.size() + atom.size() * times > kMostBytes) good_ = false;
    for (std::size_t i = 0; good_ && i < times; ++i) out += atom;
  }

  std::string_view rest_;
  bool good_ = true;
  bool literal_ = true;
};

}  // namespace

std::optional<Example> example_of(std::string_view pattern) {
  if (pattern.size() > kMostBytes) return std::nullopt;
  auto example = Walker(pattern).all();
  if (!example) return std::nullopt;
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(kMostMemory);
  options.set_dot_nl(pattern.starts_with("(?s)"));
  // Named groups are spelled in another way there.
  std::string spelled(pattern);
  for (std::size_t at = spelled.find("(?<"); at != spelled.npos; at = spelled.find("(?<", at + 3)) {
    spelled.insert(at + 2, "P");
  }
  const RE2 checked(spelled, options);
  if (!checked.ok() || !RE2::FullMatch(example->text, checked)) return std::nullopt;
  return example;
}

}  // namespace cvr::importers
