// From findings to a verdict, side by side and for the question "is the fault outside the client?"
// (EVIDENCE "Verdict" and "Details").  The first law: a failing C or G rule, or M02, puts every side outside
// the client at NOT PROVEN, whatever else is found.  Pure.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diagnose/rules.h"

namespace cvr::diagnose {

enum class Level : std::uint8_t { kNotProven, kIndicated, kStronglyIndicated, kEstablished };
std::string_view to_string(Level level);  // NOT PROVEN ...

struct SideVerdict {
  Level level = Level::kNotProven;      // after the cap
  Level uncapped = Level::kNotProven;   // before it
  std::vector<std::string_view> rules;  // the hits that speak for the side
};

struct Verdict {
  Level level = Level::kNotProven;
  std::optional<Side> side;                 // nullopt at NOT PROVEN
  std::vector<Side> also;                   // others at the same level
  std::vector<std::string_view> capped_by;  // failing C and G rules, and M02
  std::string text;                         // one sentence for people
  std::array<SideVerdict, kSideCount> sides;

  const SideVerdict& of(Side which) const { return sides[static_cast<std::size_t>(which)]; }
};
Verdict judge(const Facts& facts, const Findings& findings);

}  // namespace cvr::diagnose
