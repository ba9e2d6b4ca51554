// The modes, in the VCR family's words (CONTRACT "The proxy").  A mode is a row of facts; what
// follows from them stands in interceptor.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace cvr::engine {

enum class Mode : std::uint8_t { kOnce, kNewEpisodes, kNone, kAll, kPassthrough };

struct ModeFacts {
  Mode mode;
  std::string_view word;
  bool looks_up;  // answers from the cassette when it can
  bool forwards;  // asks the upstream for what was not looked up or not found
  bool records;   // what was forwarded is appended
};

const ModeFacts& facts_of(Mode mode);
std::optional<Mode> mode_from(std::string_view word);
std::string_view to_string(Mode mode);

// `once` is decided when the session begins: record when there is nothing yet, else replay.
Mode resolve(Mode mode, bool cassette_exists);

}  // namespace cvr::engine
