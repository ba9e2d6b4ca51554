// What `cvr grep` looks for and where: a pattern (RE2: linear in the text) in URL, headers and bodies of
// interactions that fit the filters.  Immutable once built; any thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cvr/interaction.h"
#include "cvr/result.h"

namespace cvr::app {

// As the command line gave it; empty: every one.
struct SearchChoice {
  std::string pattern = {};  // empty: every interaction that fits the filters
  bool fixed = false;        // the pattern is a text, no expression
  bool ignore_case = false;
  std::string json_pointer = {};          // only below this place of JSON bodies; a segment may be '*'
  std::vector<std::string> status = {};   // "404", "4xx", "200-299", "none" (no answer)
  std::vector<std::string> methods = {};  // any case
  std::vector<std::string> routes = {};   // "GLOB" or "METHOD GLOB"
};

struct Hit {
  std::string place;                 // "url", "request header Accept", "response body"; empty: the interaction itself
  std::string pointer;               // with json_pointer: where in the body
  std::uint64_t at = 0;              // byte in the text of that place
  std::string before, match, after;  // the match and what is around it, raw, bounded
};

class Search {
 public:
  // kUsage names the option and what is allowed.
  static Result<std::shared_ptr<const Search>> make(const SearchChoice& choice);
  virtual ~Search() = default;

  // Whether status, method and route fit.
  virtual bool fits(const RedactedParts& parts) const = 0;
  // What is found in it, an excerpt a hit; at most kMostHits a place.  Nothing when the filters do not fit.
  virtual std::vector<Hit> find(const RedactedParts& parts) const = 0;

  static constexpr std::size_t kMostHits = 20;
};

}  // namespace cvr::app
