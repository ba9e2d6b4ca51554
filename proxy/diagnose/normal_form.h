// The normal form of a request (EVIDENCE "Verdict"): what counts when "the same call" of before and after is
// meant.  Hop-by-hop fields and the client's own (user agent, lengths) are dropped, names lower case and
// sorted, volatile fields replaced by their class, credentials by kind, presence and the two claims of the
// profile, JSON by pointer with numbers untouched, the vendor's ids by first occurrence.  Pure.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cvr/interaction.h"
#include "diagnose/credentials.h"
#include "diagnose/operation.h"

namespace cvr::diagnose {

struct NormalPart {
  std::string place;  // "header accept", "query limit", "body /segments/0/paxCount"
  std::string value;
  auto operator<=>(const NormalPart&) const = default;
};

struct NormalForm {
  std::vector<NormalPart> parts;  // sorted
  std::uint64_t digest = 0;       // of the parts
  std::uint64_t exact = 0;        // of the parts and of what volatile fields held
  // What the client has chosen of what the classes hide: the ids, and the times of path, query and body in their order.
  std::uint64_t values = 0;
  std::vector<std::int64_t> dates;
};
NormalForm normal_form(const RedactedRequest& request, const Credential& credential, const profiles::Profile& profile);

enum class Sameness { kIdentical, kVolatileOnly, kDifferent };
std::string_view to_string(Sameness sameness);  // identical, volatile-only, different

struct SemanticDifference {
  std::string place;
  std::string before, after;  // "absent" where it is not there
};
struct Comparison {
  Sameness sameness = Sameness::kIdentical;
  std::vector<SemanticDifference> differences;  // at most kMostDifferences
  std::size_t count = 0;                        // of all
};
inline constexpr std::size_t kMostDifferences = 50;
Comparison compare(const NormalForm& before, const NormalForm& after);

// "body /legs (absent before), header accept": the first few places, for a sentence.
std::string places_text(const Comparison& comparison);

}  // namespace cvr::diagnose
