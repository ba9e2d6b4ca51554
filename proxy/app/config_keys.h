// The one table of what cvr.toml may say (CONTRACT "Configuration"): names, variables, and what a
// value must look like.  Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cvr::app {

// What a value must look like.  kProfile: a name, or a file (`is_profile_file`).  kPath values and such
// files of cvr.toml are relative to the file's directory; a kProxy value may hold a password and is shown
// without.
enum class Shape : std::uint8_t {
  kText,
  kPath,
  kEndpoint,
  kOrigin,
  kHost,
  kSize,
  kDuration,
  kCount,
  kFlag,
  kWord,
  kProxy,
  kLatency,
  kProfile,
  kAge,
  kFault
};

struct Key {
  std::string_view name;      // in cvr.toml; the option is --name with '-' for '_'
  std::string_view variable;  // CVR_NAME
  Shape shape;
  bool list;  // several values
  std::string_view meaning;
  std::string_view standard;   // the value that holds when nothing is said; empty: none
  std::string_view otherwise;  // in words, what holds then
  std::string_view words;      // kWord: the allowed ones, with blanks between them
};

const std::vector<Key>& known_keys();
const Key* find_key(std::string_view name);      // nullptr: unknown
bool is_profile_file(std::string_view value);    // has a '/' or ends with .toml
std::string nearest_key(std::string_view name);  // for "did you mean"; may be empty

// Empty when `value` has the key's shape, else what is needed, for people.
std::string what_is_needed(const Key& key, std::string_view value);

}  // namespace cvr::app
