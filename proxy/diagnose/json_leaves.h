// A JSON text as a flat list of its leaves, each with the pointer to it: what rules and the normal form
// read.  Bounded in leaves, depth and text, so that no body costs more than its size and a constant.  Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cvr::diagnose {

struct JsonLeaf {
  enum class Type { kText, kNumber, kWord, kEmptyObject, kEmptyList };
  std::string pointer;  // "/segments/0/startAirport/icao"
  std::string shape;    // the same with "*" for every element: "/segments/*/startAirport/icao"
  Type type = Type::kWord;
  std::string text;       // unescaped; numbers and words as they stand
  std::size_t begin = 0;  // of the value in the whole text, quotes left out
};

enum class JsonRead { kGood, kMalformed, kTooLarge };
struct JsonLeaves {
  JsonRead read = JsonRead::kMalformed;
  std::vector<JsonLeaf> leaves;
};
JsonLeaves read_json(std::string_view text);

// Whether `pointer` is `pattern`, in which a segment "*" stands for any.
bool fits_pointer(std::string_view pattern, std::string_view pointer);
// Whether the value at `pattern` is there: a leaf of it or below it.
bool reaches(std::string_view pattern, std::string_view pointer);
// The last key of a pointer that is no index: "/segments/0/date" and "/legs/0" give "date" and "legs".
std::string_view last_key(std::string_view shape);

}  // namespace cvr::diagnose
