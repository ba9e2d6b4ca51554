#include "exporters/json_print.h"

#include <algorithm>
#include <vector>

#include "base/json_scan.h"

namespace cvr::exporters {
namespace {

using json::Token;

struct Range {
  std::size_t begin = 0, end = 0;
};

struct Node {
  Range key, value;  // with quotes; key is empty but in an object
  char open = 0;     // '{' or '[', else a scalar
  std::vector<std::uint32_t> children;
};

class Tree {
 public:
  explicit Tree(std::string_view text) : text_(text), scanner_(text) {}

  bool read() {
    Range key;
    for (;;) {
      const auto token = scanner_.next();
      if (!token) return false;
      if (*token == Token::kEnd) return true;
      if (*token == Token::kKey) {
        key = quoted();
      } else if (*token == Token::kEndObject || *token == Token::kEndArray) {
        open_.pop_back();
      } else {
        add(*token, key);
        key = {};
      }
    }
  }

  const Node& node(std::uint32_t i) const { return nodes_[i]; }

  void sort() {
    const auto name = [this](std::uint32_t i) {
      const Range& key = nodes_[i].key;
      return text_.substr(key.begin, key.end - key.begin);
    };
    for (Node& node : nodes_) {
      if (node.open == '{') std::ranges::stable_sort(node.children, {}, name);
    }
  }

 private:
  Range quoted() const { return {scanner_.begin() - 1, scanner_.end() + 1}; }

  void add(Token token, const Range& key) {
    const auto index = static_cast<std::uint32_t>(nodes_.size());
    Node node;
    node.key = key;
    if (token == Token::kBeginObject || token == Token::kBeginArray) {
      node.open = token == Token::kBeginObject ? '{' : '[';
    } else {
      node.value = token == Token::kString ? quoted() : Range{scanner_.begin(), scanner_.end()};
    }
    if (!open_.empty()) nodes_[open_.back()].children.push_back(index);
    if (node.open != 0) open_.push_back(index);
    nodes_.push_back(std::move(node));
  }

  std::string_view text_;
  json::Scanner scanner_;
  std::vector<Node> nodes_;
  std::vector<std::uint32_t> open_;
};

class Printer {
 public:
  Printer(const RedactedText& text, const Tree& tree, bool indented) : text_(text), tree_(tree), indented_(indented) {}

  // Recursion is as deep as the scanner goes: 64.
  void print(std::uint32_t index, std::size_t depth) {
    const Node& node = tree_.node(index);
    if (node.key.end > 0) {
      copy(node.key);
      out_.text += indented_ ? ": " : ":";
    }
    if (node.open == 0) return copy(node.value);
    out_.text += node.open;
    bool first = true;
    for (const std::uint32_t child : node.children) {
      if (!first) out_.text += ',';
      first = false;
      line(depth + 1);
      print(child, depth + 1);
    }
    if (!first) line(depth);
    out_.text += node.open == '{' ? '}' : ']';
  }

  RedactedText take() { return std::move(out_); }

 private:
  void line(std::size_t depth) {
    if (indented_) out_.text += '\n' + std::string(2 * depth, ' ');
  }

  void copy(const Range& range) {
    const auto ends_before = [](const Span& span, std::size_t at) { return span.begin < at; };
    auto span = std::lower_bound(text_.spans.begin(), text_.spans.end(), range.begin, ends_before);
    for (; span != text_.spans.end() && std::size_t{span->begin} + span->size <= range.end; ++span) {
      Span moved = *span;
      moved.begin = static_cast<std::uint32_t>(out_.text.size() + span->begin - range.begin);
      out_.spans.push_back(std::move(moved));
    }
    out_.text.append(text_.text, range.begin, range.end - range.begin);
  }

  const RedactedText& text_;
  const Tree& tree_;
  bool indented_;
  RedactedText out_;
};

}  // namespace

std::optional<RedactedText> print_json(const RedactedText& text, const JsonStyle& style) {
  Tree tree(text.text);
  if (!tree.read()) return std::nullopt;
  if (style.sorted) tree.sort();
  Printer printer(text, tree, style.indented);
  printer.print(0, 0);
  return printer.take();
}

}  // namespace cvr::exporters
