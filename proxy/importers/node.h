// A document of another tool's as a plain tree: what JSON, YAML and tnetstrings have in common.  Numbers keep
// their text.  Values; pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cvr/result.h"

namespace cvr::importers {

struct Member;

struct Node {
  enum class Type : std::uint8_t { kNull, kFlag, kNumber, kText, kList, kMap };
  Type type = Type::kNull;
  bool bytes = false;           // kText: said to be bytes (!!binary, a byte string)
  bool lone = false;            // kText: held half a surrogate pair, which is U+FFFD now
  std::string text;             // kText: decoded.  kNumber, kFlag: as spelled
  std::string_view raw;         // JSON: where it stands in the text.  Else empty
  std::vector<Node> items;      // kList
  std::vector<Member> members;  // kMap, in the order of the text, names differ
  std::size_t at = 0;           // JSON, tnetstring: byte; YAML: line from 1

  bool is(Type what) const { return type == what; }
  // nullptr: no map, or no such member.
  const Node* find(std::string_view name) const;
  // The same for one that must be of that type.
  const Node* find(std::string_view name, Type what) const;
  // Of a text member; empty when it is absent or anything else.
  std::string_view text_of(std::string_view name) const;
  // Of a number member (or a text of one), rounded; nullopt: absent, anything else, or beyond 2^53.
  std::optional<std::int64_t> integer_of(std::string_view name) const;
  std::optional<double> number_of(std::string_view name) const;
  bool flag_of(std::string_view name) const;  // true only when it says so
};

struct Member {
  std::string name;
  Node node;
};

std::optional<double> number_in(const Node& node);

// What bombs run into.
struct NodeLimits {
  int depth = 64;
  std::size_t nodes = 120'000;               // of one element of the streamed list; of all the rest
  std::size_t text = std::size_t{32} << 20;  // bytes of one text, as it stands in the file
};

// A reader hands out the elements of one list (by the names that lead to it) one at a time, so that a large file
// needs no large tree.  `each` null: they are passed over, and only counted.
//
// An element that can be passed over but not handed out (a name twice, a tag that stands for an object, a text that is
// too long) goes to `bad`, when that is given, and so does what stands behind the document (number 0); else each is an
// error.
struct Streamed {
  std::vector<std::string_view> path;  // empty: the document itself is the list, if it is one
  std::function<Result<void>(Node& element, std::size_t number)> each = nullptr;  // from 1
  std::function<void(const Error& why, std::size_t number)> bad = nullptr;
};

// A name that stands twice in a map, or nullptr.  O(n log n).
const std::string* twice(const std::vector<Member>& members);

}  // namespace cvr::importers
