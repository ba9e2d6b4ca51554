// A text that a regular expression matches, for the simple ones that stubs use: literals, classes, groups,
// repetition.  Pure; linear.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cvr::importers {

// True when nothing in it is special: `literal` is the one text that it matches.
struct Example {
  std::string text;
  bool literal = true;
};

// nullopt: it is none of the simple ones.  What is answered does match (RE2 has checked it).
std::optional<Example> example_of(std::string_view pattern);

}  // namespace cvr::importers
