#include "importers/json_reader.h"

#include "base/json_scan.h"

namespace cvr::importers {
namespace {

using json::Token;

constexpr std::size_t kNotOnPath = static_cast<std::size_t>(-1);

// JavaScript writes half a surrogate pair as an escape; the scanner's text has U+FFFD for it.
bool has_lone_surrogate(std::string_view raw) {
  const auto unit = [&](std::size_t at) -> int {
    if (at + 6 > raw.size() || raw[at] != '\\' || raw[at + 1] != 'u') return -1;
    int value = 0;
    for (const char c : raw.substr(at + 2, 4)) {
      value = value * 16 + (c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
    }
    return value;
  };
  for (std::size_t at = raw.find('\\'); at < raw.size(); at = raw.find('\\', at)) {
    const int first = unit(at);
    if (first < 0xd800 || first > 0xdfff) {
      at += 2;
      continue;
    }
    const int second = unit(at + 6);
    if (first > 0xdbff || second < 0xdc00 || second > 0xdfff) return true;
    at += 12;
  }
  return false;
}

class Builder {
 public:
  Builder(std::string_view text, const Streamed& streamed, const NodeLimits& limits)
      : text_(text), scanner_(text, limits.depth), streamed_(streamed), limits_(limits) {}

  Result<Node> document() {
    const auto token = scanner_.next();
    if (!token) return std::unexpected(token.error());
    Node node;
    if (auto done = value(*token, node, streamed_.each || !streamed_.path.empty() ? 0 : kNotOnPath); !done) {
      return std::unexpected(done.error());
    }
    if (const auto end = scanner_.next(); !end) {
      if (!streamed_.bad) return std::unexpected(end.error());
      streamed_.bad(end.error(), 0);
    }
    return node;
  }

 private:
  std::unexpected<Error> error(ErrorCode code, const std::string& what) const {
    return fail(code, "JSON: " + what + " at byte " + std::to_string(scanner_.begin()));
  }

  // `on_path`: how much of the path leads here.
  Result<void> value(Token token, Node& node, std::size_t on_path) {
    if (++nodes_ > limits_.nodes) {
      return error(ErrorCode::kLimit, "more than " + std::to_string(limits_.nodes) + " values in one entry");
    }
    node.at = scanner_.begin();
    switch (token) {
      case Token::kBeginObject:
        return map(node, on_path);
      case Token::kBeginArray:
        return on_path == streamed_.path.size() ? stream(node) : list(node);
      case Token::kString:
        if (scanner_.raw().size() > limits_.text) {
          passable_ = true;
          return error(ErrorCode::kLimit, "a text of more than " + std::to_string(limits_.text >> 20) + " MiB");
        }
        node.type = Node::Type::kText;
        node.text = plain(node.lone);
        break;
      case Token::kNumber:
        node.type = Node::Type::kNumber;
        node.text = scanner_.raw();
        break;
      case Token::kTrue:
      case Token::kFalse:
        node.type = Node::Type::kFlag;
        node.text = scanner_.raw();
        break;
      default:
        break;
    }
    node.raw = scanner_.raw();
    return {};
  }

  std::string plain(bool& lone) const {
    if (!scanner_.escaped()) return std::string(scanner_.raw());
    lone = has_lone_surrogate(scanner_.raw());
    return json::unescape(scanner_.raw());
  }

  Result<void> map(Node& node, std::size_t on_path) {
    node.type = Node::Type::kMap;
    for (;;) {
      const auto token = scanner_.next();
      if (!token) return std::unexpected(token.error());
      if (*token == Token::kEndObject) break;
      bool ignored = false;
      node.members.push_back({plain(ignored), {}});
      Member& member = node.members.back();
      const bool leads = on_path < streamed_.path.size() && member.name == streamed_.path[on_path];
      const auto next = scanner_.next();
      if (!next) return std::unexpected(next.error());
      if (auto done = value(*next, member.node, leads ? on_path + 1 : kNotOnPath); !done) return done;
    }
    node.raw = text_.substr(node.at, scanner_.end() - node.at);
    if (twice(node.members) == nullptr) return {};
    passable_ = true;
    return error(ErrorCode::kMalformed, "a name twice in the object that ends");
  }

  Result<void> list(Node& node) {
    node.type = Node::Type::kList;
    for (;;) {
      const auto token = scanner_.next();
      if (!token) return std::unexpected(token.error());
      if (*token == Token::kEndArray) break;
      node.items.emplace_back();
      if (auto done = value(*token, node.items.back(), kNotOnPath); !done) return done;
    }
    node.raw = text_.substr(node.at, scanner_.end() - node.at);
    return {};
  }

  Result<void> stream(Node& node) {
    node.type = Node::Type::kList;
    const std::size_t before = nodes_;
    const int inside = scanner_.depth();
    for (std::size_t number = 1;; ++number) {
      const auto token = scanner_.next();
      if (!token) return std::unexpected(token.error());
      if (*token == Token::kEndArray) break;
      nodes_ = 0;
      if (streamed_.each) {
        if (auto done = hand_out(*token, number, inside); !done) return done;
      } else if (auto done = pass_over(*token); !done) {
        return done;
      }
    }
    nodes_ = before;
    return {};
  }

  Result<void> hand_out(Token token, std::size_t number, int inside) {
    Node element;
    auto done = value(token, element, kNotOnPath);
    if (done) return streamed_.each(element, number);
    if (!passable_ || !streamed_.bad) return done;
    passable_ = false;
    while (scanner_.depth() > inside) {
      if (const auto next = scanner_.next(); !next) return std::unexpected(next.error());
    }
    streamed_.bad(done.error(), number);
    return {};
  }

  Result<void> pass_over(Token token) {
    const auto opens = [](Token t) { return t == Token::kBeginObject || t == Token::kBeginArray; };
    if (!opens(token)) return {};
    for (const int outside = scanner_.depth() - 1; scanner_.depth() > outside;) {
      if (const auto next = scanner_.next(); !next) return std::unexpected(next.error());
    }
    return {};
  }

  std::string_view text_;
  json::Scanner scanner_;
  const Streamed& streamed_;
  const NodeLimits& limits_;
  std::size_t nodes_ = 0;
  bool passable_ = false;  // the last error leaves the scanner where it can go on
};

}  // namespace

Result<Node> read_json(std::string_view text, const Streamed& streamed, const NodeLimits& limits) {
  return Builder(text, streamed, limits).document();
}

std::string compact_json(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool inside = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (!inside && (c == ' ' || c == '\t' || c == '\n' || c == '\r')) continue;
    out += c;
    if (inside && c == '\\' && i + 1 < text.size()) {
      out += text[++i];
    } else if (c == '"') {
      inside = !inside;
    }
  }
  return out;
}

}  // namespace cvr::importers
