// TOML texts (toml.io, v1.0) as a plain tree that knows its lines, so that every reader of cvr.toml,
// rule files and profiles names FILE:LINE in the same way.  toml++ is included by toml_tree.cpp
// alone.  Values; pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cvr/result.h"

namespace cvr {

struct TomlMember;

struct TomlNode {
  enum class Type : std::uint8_t { kText, kInteger, kFlag, kTime, kList, kTable, kOther };  // kOther: floats
  Type type = Type::kOther;
  std::string text;  // kText; of kTime in the form of RFC 3339: a date, a time of day, or both, with or without a zone
  std::int64_t integer = 0;
  bool flag = false;
  std::vector<TomlNode> items;      // kList
  std::vector<TomlMember> members;  // kTable, in the order of the file
  std::uint32_t line = 0;           // from 1

  const TomlNode* find(std::string_view name) const;
  // Only tables, at least one: "[[name]]".
  bool is_table_list() const;
};

struct TomlMember {
  std::string name;
  TomlNode node;
};

// Errors (kUsage): "PATH:LINE: what is wrong", one line, harmless on a terminal.  At most 1 MiB of
// text, nested at most 32 deep.
Result<TomlNode> parse_toml(std::string_view text, const std::string& path);

// "PATH:LINE: TEXT", kUsage.
std::unexpected<Error> toml_error(const std::string& path, const TomlNode& node, std::string_view text);

// A word of a file as it may stand in an error: harmless on a terminal, and short.
std::string shown_word(std::string_view word);

}  // namespace cvr
