// A request as values: the one description of what counts in matching.  The key (key.cpp) hashes
// these events and the explanation (compare.cpp) outlines them, so what decides and what explains
// can not disagree.
//
// Each walk reports exactly one value: a leaf, or a container with its values inside.  Events come
// in document order; what order means is the container's business (Shape).  Pure; the views given
// to a visitor die with the call.
#pragma once

#include <string_view>

#include "cvr/matcher.h"

namespace cvr::match {

enum class LeafType : std::uint8_t { kBytes, kString, kNumber, kWord };  // kWord: true false null

// A leaf's text in both spellings; the same view when no pseudonym stands in it.
struct Leaf {
  std::string_view exact;    // pseudonyms as they stand
  std::string_view by_kind;  // each pseudonym replaced by a mark of its class (normal_text.h)
  LeafType type = LeafType::kBytes;
  // By a rule "number:T": `by_kind` says that there is a number, these which and how near is near enough.
  double tolerance = -1;  // < 0: none
  double value = 0;
};

enum class Shape : std::uint8_t {
  kObject,  // named values; their order does not count, but that of values of one name does
  kArray,   // order counts
  kPairs,   // names and leaves; order does not count at all
  kBag,     // values; order does not count (a JSON array under a rule "set")
};

class Visitor {
 public:
  virtual ~Visitor() = default;
  virtual void begin(Shape shape) = 0;
  virtual void name(const Leaf& name) = 0;  // of the next value in a kObject or kPairs
  virtual void end() = 0;
  virtual void leaf(const Leaf& leaf) = 0;
  virtual void restart() = 0;  // forget everything: what looked like JSON is none
  // A rule of the user's makes the match looser here: a value is left out or generalised.
  virtual void loosened() {}
};

class NormalText;
// The path as one leaf; valid as NormalText::of says.
Leaf path_leaf(const RedactedRequest& request, NormalText& buffers);

// Each calls the visitor for one part of the request; `parts` are rules.parts_for(request).
// `path`: path_leaf(request).
void walk_path(const Leaf& path, const PartRules& parts, Visitor& visitor);
void walk_query(const RedactedRequest& request, const MatchRules& rules, const PartRules& parts, Visitor& visitor);
// Conditions (conditions.h) and the headers that the user's rules name; nothing when there are none.
void walk_headers(const RedactedRequest& request, const PartRules& parts, Visitor& visitor);
// The credential headers that are present.  By kind only the name counts, and the scheme word of
// (Proxy-)Authorization; a dummy credential need not look like one.
void walk_credentials(const RedactedRequest& request, const MatchRules& rules, const PartRules& parts,
                      Visitor& visitor);

// How a body counts.  The content type decides, without its parameters: JSON when it says so
// (application/json, text/json, +json) or when there is none and the body begins with { or [, and
// it parses (depth at most 64, at most kMostMembers in one object); form when it says so; else
// bytes, of multipart with the boundary's random text left out.  An omitted body counts by size and
// digest.  A rule may say how it counts instead.
enum class BodyForm : std::uint8_t { kNone, kJson, kForm, kBytes, kOmitted };
BodyForm walk_body(const RedactedRequest& request, const MatchRules& rules, const PartRules& parts, Visitor& visitor);

// True when `name` (ASCII case ignored) is in the list.
bool is_listed(const std::vector<std::string>& names, std::string_view name);

}  // namespace cvr::match
