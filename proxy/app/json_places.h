// The values of a JSON text that stand at a JSON Pointer (RFC 6901), in which a segment "*" stands for
// any key or index.  One pass; depth as json::Scanner allows.  Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cvr::app {

struct JsonPlace {
  std::string pointer;   // without '*'
  std::uint64_t at = 0;  // byte where the value begins, of a string behind its quote
  std::string text;      // of a string what it says; else its JSON
};

// At most `most`, in the order of the text.  Empty: none is there, or the text is no JSON.
std::vector<JsonPlace> json_places(std::string_view text, std::string_view pointer, std::size_t most);

}  // namespace cvr::app
