// A request taken apart into leaves: the one description of what counts in matching.  The key
// (key.cpp) hashes them, the explanation (compare.cpp) names the first that differs; so what
// decides and what explains can not disagree.
//
// Leaves come in document order; visitors decide what order means.  Pure; the views given to a
// visitor die with the call.
#pragma once

#include <string_view>

#include "cvr/matcher.h"

namespace cvr::match {

// A leaf's text in both spellings; the same view when no pseudonym stands in it.
struct Leaf {
  std::string_view exact;    // pseudonyms as they stand
  std::string_view by_kind;  // pseudonyms replaced by a mark of their kind
};

class Visitor {
 public:
  virtual ~Visitor() = default;
  virtual void enter_key(std::string_view key) = 0;   // object member, query or form name
  virtual void enter_index(std::size_t index) = 0;    // array element
  virtual void leave() = 0;
  virtual void leaf(const Leaf& leaf) = 0;
};

// Each calls the visitor for one part of the request.
void walk_path(const RedactedRequest& request, Visitor& visitor);
void walk_query(const RedactedRequest& request, const MatchRules& rules, Visitor& visitor);
void walk_credentials(const RedactedRequest& request, const MatchRules& rules, Visitor& visitor);

// How a body counts: as nothing, a JSON value, form pairs, or bytes (and: omitted, by its digest).
enum class BodyForm : std::uint8_t { kNone, kJson, kForm, kBytes, kOmitted };
BodyForm walk_body(const RedactedRequest& request, const MatchRules& rules, Visitor& visitor);

}  // namespace cvr::match
