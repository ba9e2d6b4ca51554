#include "importers/flow_reader.h"

namespace cvr::importers {
namespace {

constexpr std::size_t kMostDigits = 10;

struct Piece {
  std::string_view bytes;
  char letter = 0;
  std::size_t size = 0;  // of all of it
};

class Reader {
 public:
  Reader(std::string_view text, const NodeLimits& limits) : text_(text), limits_(limits) {}

  Result<void> all(const EachFlow& each, const BadFlow& bad) {
    for (std::size_t at = 0, number = 1; at < text_.size(); ++number) {
      const auto whole = piece(at, text_.size());
      if (!whole) {
        if (!bad || number == 1) return std::unexpected(whole.error());
        bad(whole.error(), number, true);
        return {};
      }
      nodes_ = 0;
      Node node;
      if (const auto size = value(at, text_.size(), node, 1); size) {
        if (auto done = each(node, number); !done) return done;
      } else if (bad) {
        bad(size.error(), number, false);
      } else {
        return std::unexpected(size.error());
      }
      at += whole->size;
    }
    return {};
  }

 private:
  static std::unexpected<Error> error(ErrorCode code, const std::string& what, std::size_t at) {
    return fail(code, "tnetstring: " + what + " at byte " + std::to_string(at));
  }

  Result<Piece> piece(std::size_t at, std::size_t end) const {
    std::size_t size = 0;
    std::size_t i = at;
    for (; i < end && i - at < kMostDigits && text_[i] >= '0' && text_[i] <= '9'; ++i) {
      size = size * 10 + static_cast<std::size_t>(text_[i] - '0');
    }
    if (i == at || i == end || text_[i] != ':') return error(ErrorCode::kMalformed, "no length", at);
    ++i;
    if (size >= end - i) return error(ErrorCode::kMalformed, "a length beyond the end", at);
    return Piece{text_.substr(i, size), text_[i + size], i + size + 1 - at};
  }

  // Answers how long it is.
  Result<std::size_t> value(std::size_t at, std::size_t end, Node& node, int depth) {
    if (++nodes_ > limits_.nodes) {
      return error(ErrorCode::kLimit, "more than " + std::to_string(limits_.nodes) + " values in one flow", at);
    }
    if (depth > limits_.depth) return error(ErrorCode::kLimit, "nested too deeply", at);
    const auto found = piece(at, end);
    if (!found) return std::unexpected(found.error());
    node.at = at;
    const std::size_t begin = at + found->size - found->bytes.size() - 1;
    switch (found->letter) {
      case ',':
        node.bytes = true;
        [[fallthrough]];
      case ';':
        if (found->bytes.size() > limits_.text) {
          return error(ErrorCode::kLimit, "a text of more than " + std::to_string(limits_.text >> 20) + " MiB", at);
        }
        node.type = Node::Type::kText;
        node.text = found->bytes;
        break;
      case '#':
      case '^':
        node.type = Node::Type::kNumber;
        node.text = found->bytes;
        if (!number_in(node)) return error(ErrorCode::kMalformed, "not a number", at);
        break;
      case '!':
        node.type = Node::Type::kFlag;
        node.text = found->bytes;
        if (node.text != "true" && node.text != "false") {
          return error(ErrorCode::kMalformed, "neither true nor false", at);
        }
        break;
      case '~':
        if (!found->bytes.empty()) return error(ErrorCode::kMalformed, "bytes in null", at);
        break;
      case ']':
      case '}':
        if (auto done = many(begin, begin + found->bytes.size(), node, found->letter == '}', depth); !done) {
          return std::unexpected(done.error());
        }
        break;
      default:
        return error(ErrorCode::kMalformed, "unknown type", at);
    }
    return found->size;
  }

  Result<void> many(std::size_t at, std::size_t end, Node& node, bool map, int depth) {
    node.type = map ? Node::Type::kMap : Node::Type::kList;
    while (at < end) {
      if (map) {
        Node name;
        const auto size = value(at, end, name, depth + 1);
        if (!size) return std::unexpected(size.error());
        if (!name.is(Node::Type::kText)) return error(ErrorCode::kMalformed, "a name that is no text", at);
        at += *size;
        node.members.push_back({std::move(name.text), {}});
      } else {
        node.items.emplace_back();
      }
      const auto size = value(at, end, map ? node.members.back().node : node.items.back(), depth + 1);
      if (!size) return std::unexpected(size.error());
      at += *size;
    }
    if (twice(node.members) != nullptr) return error(ErrorCode::kMalformed, "a name twice in a map", node.at);
    return {};
  }

  std::string_view text_;
  const NodeLimits& limits_;
  std::size_t nodes_ = 0;
};

}  // namespace

bool is_flow(std::string_view text) {
  const std::size_t colon = text.substr(0, kMostDigits + 1).find(':');
  if (colon == text.npos || colon == 0 || text.substr(0, colon).find_first_not_of("0123456789") != text.npos) {
    return false;
  }
  const char first = colon + 1 < text.size() ? text[colon + 1] : '\0';
  return first >= '0' && first <= '9';
}

Result<void> read_flows(std::string_view text, const EachFlow& each, const BadFlow& bad, const NodeLimits& limits) {
  return Reader(text, limits).all(each, bad);
}

}  // namespace cvr::importers
