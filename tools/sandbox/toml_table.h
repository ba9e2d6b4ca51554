// Reads one TOML table into plain variables, by a list of its keys.  Errors are "FILE:LINE: ..."
// and name the allowed keys (kUsage).  Used by scenario_file.cpp only.  One thread at a time.
#pragma once

#include <toml++/toml.h>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "cvr/result.h"

namespace cvr::sandbox {

struct Whole {
  std::int64_t* target;
  std::int64_t low, high;
};
struct Status {  // a number from 200 to 599
  int* target;
};
struct Word {  // one of a few; nullptr: any text
  std::string* target;
  std::vector<std::string> allowed;
};
struct Table {  // read by the caller
};

struct Key {
  std::string_view name;
  std::variant<bool*, Whole, Status, Word, std::vector<std::string>*, Table> target;
};

class TableReader {
 public:
  explicit TableReader(std::string file) : file_(std::move(file)) {}

  // `place` names the table in errors, e.g. "[gaps]".
  std::optional<Error> read(const toml::table& table, std::string_view place, const std::vector<Key>& keys) const;

  Error error(const toml::node& node, std::string_view text) const;
  Error error(std::uint32_t line, std::string_view text) const;

 private:
  std::optional<Error> read_value(const toml::node& node, const Key& key) const;
  std::optional<Error> read_words(const toml::node& node, const Key& key, std::vector<std::string>& out) const;
  std::string file_;
};

}  // namespace cvr::sandbox
