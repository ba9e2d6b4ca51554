#include "engine/mode.h"

#include "cvr/result.h"

namespace cvr::engine {
namespace {

//                                                   looks up  forwards  records
constexpr ModeFacts kModes[] = {
    {Mode::kOnce, "once", true, true, true},  // resolved to kAll or kNone before it is used
    {Mode::kNewEpisodes, "new_episodes", true, true, true},
    {Mode::kNone, "none", true, false, false},
    {Mode::kAll, "all", false, true, true},
    {Mode::kPassthrough, "passthrough", false, true, false},
};

}  // namespace

const ModeFacts& facts_of(Mode mode) {
  const ModeFacts& facts = kModes[static_cast<std::size_t>(mode)];
  CVR_CHECK(facts.mode == mode);
  return facts;
}

std::optional<Mode> mode_from(std::string_view word) {
  for (const ModeFacts& facts : kModes) {
    if (facts.word == word) return facts.mode;
  }
  return std::nullopt;
}

std::string_view to_string(Mode mode) { return facts_of(mode).word; }

Mode resolve(Mode mode, bool cassette_exists) {
  if (mode != Mode::kOnce) return mode;
  return cassette_exists ? Mode::kNone : Mode::kAll;
}

}  // namespace cvr::engine
