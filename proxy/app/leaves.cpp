#include "app/leaves.h"

#include <algorithm>

#include "base/json_scan.h"
#include "cvr/http.h"

namespace cvr::app {
namespace {

constexpr std::string_view kSpace = " \t\r\n";

bool is_blank(std::string_view text) { return text.find_first_not_of(kSpace) == text.npos; }

std::string escaped(std::string_view key) {
  std::string out;
  for (const char c : key) out += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
  return out;
}

// Where the nearest key begins, through indexes: "/a/b/0" -> 2.
std::string key_of(std::string_view pointer) {
  while (!pointer.empty()) {
    const std::size_t slash = pointer.rfind('/');
    const std::string_view last = pointer.substr(slash + 1);
    if (last.find_first_not_of("0123456789") != last.npos) return std::string(last);
    pointer = pointer.substr(0, slash);
  }
  return {};
}

class Collector {
 public:
  explicit Collector(std::size_t size) : size_(size) {}

  void add(Leaf leaf) {
    if ((leaf.begin >= leaf.end && !leaf.is_json) || full_) return;
    if (out_.size() + 1 == kMostLeaves) {
      full_ = true;
      leaf = {.label = "the rest", .name = {}, .begin = leaf.begin, .end = size_};
    }
    out_.push_back(std::move(leaf));
  }
  // The scalars of a JSON text at `at`, or the text as one leaf.
  void add_json_or(Leaf leaf, std::string_view text) {
    std::vector<Leaf> inner = json_leaves(text);
    if (inner.empty()) return add(std::move(leaf));
    for (Leaf& one : inner) {
      one.label = leaf.label + " " + one.label;
      one.begin += leaf.begin;
      one.end += leaf.begin;
      add(std::move(one));
    }
  }
  std::vector<Leaf> take() { return std::move(out_); }

 private:
  std::size_t size_;
  std::vector<Leaf> out_;
  bool full_ = false;
};

// The attributes between a tag's name and its end.
void add_attributes(std::string_view text, std::size_t at, std::size_t end, const std::string& tag, Collector& out) {
  while (at < end) {
    at = text.find_first_not_of(" \t\r\n/", at);
    if (at >= end) return;
    const std::size_t stop = std::min(text.find_first_of("= \t\r\n/", at), end);
    const std::string name(text.substr(at, stop - at));
    std::size_t begin = std::min(text.find_first_not_of(kSpace, stop), end);
    if (begin == end || text[begin] != '=') {
      at = std::max(stop, at + 1);
      continue;
    }
    begin = std::min(text.find_first_not_of(kSpace, begin + 1), end);
    std::size_t close = std::min(text.find_first_of(kSpace, begin), end);
    if (begin < end && (text[begin] == '"' || text[begin] == '\'')) {
      close = std::min(text.find(text[begin], begin + 1), end);
      ++begin;
    }
    out.add({.label = "<" + tag + " " + name + ">", .name = name, .begin = begin, .end = close});
    at = std::min(close + 1, end);
  }
}

// Past a tag at `open`, or past a comment; `tag` is the element whose text follows.
std::size_t past_markup(std::string_view text, std::size_t open, std::string& tag, Collector& out) {
  for (const auto& [start, stop] : {std::pair<std::string_view, std::string_view>{"<!--", "-->"}, {"<?", "?>"}}) {
    if (!text.substr(open).starts_with(start)) continue;
    const std::size_t end = std::min(text.find(stop, open), text.size());
    out.add({.label = start == "<?" ? "instruction" : "comment", .name = {}, .begin = open, .end = end});
    return std::min(end + stop.size(), text.size());
  }
  const std::size_t end = std::min(text.find('>', open), text.size());
  if (open + 1 < text.size() && text[open + 1] == '/') {
    tag.clear();
  } else {
    const std::size_t stop = std::min(text.find_first_of(" \t\r\n/", open + 1), end);
    tag = text.substr(open + 1, stop - open - 1);
    add_attributes(text, stop, end, tag, out);
  }
  return std::min(end + 1, text.size());
}

// The value of `name="..."` in the head of a part.
std::string parameter(std::string_view head, std::string_view name) {
  const std::string start = std::string(name) + "=\"";
  for (std::size_t at = head.find(start); at != head.npos; at = head.find(start, at + 1)) {
    if (at > 0 && head[at - 1] != ' ' && head[at - 1] != ';') continue;
    const std::size_t begin = at + start.size();
    return std::string(head.substr(begin, std::min(head.find('"', begin), head.size()) - begin));
  }
  return {};
}

}  // namespace

std::vector<Leaf> markup_leaves(std::string_view text) {
  Collector out(text.size());
  std::string tag;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t open = std::min(text.find('<', at), text.size());
    const bool cdata = text.substr(open).starts_with("<![CDATA[");
    const std::size_t end = cdata ? std::min(text.find("]]>", open), text.size()) : open;
    if (!is_blank(text.substr(at, end - at))) {
      out.add({.label = tag.empty() ? "text" : "<" + tag + ">", .name = tag, .begin = at, .end = end});
    }
    if (end == text.size()) break;
    at = cdata ? end + 3 : past_markup(text, open, tag, out);
  }
  return out.take();
}

std::vector<Leaf> multipart_leaves(std::string_view text, std::string_view boundary) {
  Collector out(text.size());
  const std::string line = "--" + std::string(boundary);
  std::size_t at = text.find(line);
  for (int number = 1; at != text.npos; ++number) {
    const std::size_t begin = std::min(text.find('\n', at), text.size() - 1) + 1;
    const std::size_t next = text.find(line, begin);
    std::size_t end = std::min(next, text.size());
    if (begin >= end) break;
    const std::size_t blank = std::min({text.find("\r\n\r\n", begin), text.find("\n\n", begin), end});
    const std::string_view head = text.substr(begin, blank - begin);
    const std::string name = parameter(head, "name");
    const std::string label = name.empty() ? "part " + std::to_string(number) : "field " + name;
    out.add({.label = label + ", its head", .name = {}, .begin = begin, .end = blank});
    const std::size_t content = std::min(text.find_first_not_of("\r\n", blank), end);
    while (end > content && (text[end - 1] == '\n' || text[end - 1] == '\r')) --end;
    out.add_json_or({.label = label, .name = name, .begin = content, .end = end}, text.substr(content, end - content));
    at = next;
  }
  return out.take();
}

std::vector<Leaf> line_leaves(std::string_view text) {
  Collector out(text.size());
  std::size_t number = 1;
  for (std::size_t at = 0; at < text.size(); ++number) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, end - at);
    if (line.ends_with('\r')) line.remove_suffix(1);
    std::size_t begin = at;
    for (const std::string_view field : {"data: ", "data:"}) {
      if (!line.starts_with(field)) continue;
      begin += field.size();
      line.remove_prefix(field.size());
    }
    if (!is_blank(line)) {
      out.add_json_or(
          {.label = "line " + std::to_string(number), .name = {}, .begin = begin, .end = begin + line.size()}, line);
    }
    at = end + 1;
  }
  return out.take();
}

std::vector<Leaf> cookie_leaves(std::string_view text, bool set) {
  Collector out(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(';', at), text.size());
    const std::size_t begin = std::min(text.find_first_not_of(" \t", at), end);
    const std::size_t equals = std::min(text.find('=', begin), end);
    const std::string name(text.substr(begin, equals - begin));
    out.add({.label = name, .name = name, .begin = std::min(equals + 1, end), .end = end});
    at = end + 1;
    if (set && at < text.size()) {
      out.add({.label = name + ", its attributes", .name = {}, .begin = at, .end = text.size()});
      break;
    }
  }
  return out.take();
}

std::vector<Leaf> json_leaves(std::string_view text) {
  struct Level {
    std::string pointer;
    bool array;
    std::uint64_t next;
  };
  const std::size_t first = text.find_first_not_of(kSpace);
  if (first == text.npos || (text[first] != '{' && text[first] != '[')) return {};
  Collector out(text.size());
  std::vector<Level> levels;
  json::Scanner scanner(text);
  std::string key;
  for (;;) {
    const auto token = scanner.next();
    if (!token) return {};
    if (*token == json::Token::kEnd) return out.take();
    if (*token == json::Token::kKey) {
      key = json::unescape(scanner.raw());
      continue;
    }
    if (*token == json::Token::kEndObject || *token == json::Token::kEndArray) {
      levels.pop_back();
      continue;
    }
    std::string pointer;
    if (!levels.empty()) {
      Level& level = levels.back();
      pointer = level.pointer + "/" + (level.array ? std::to_string(level.next++) : escaped(key));
    }
    if (*token == json::Token::kBeginObject || *token == json::Token::kBeginArray) {
      levels.push_back({std::move(pointer), *token == json::Token::kBeginArray, 0});
      continue;
    }
    out.add({.label = pointer,
             .name = key_of(pointer),
             .pointer = pointer,
             .begin = scanner.begin(),
             .end = scanner.end(),
             .is_json = true});
  }
}

}  // namespace cvr::app
