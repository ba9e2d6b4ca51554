// Match rules as data: which parts of a request count, and how each is compared.  Without rules of the
// user's the defaults of CONTRACT "Fidelity" hold; a looser match only ever comes from a rule that can
// be read (`cvr match rules`).
//
// Values, immutable once built; any thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cvr/result.h"

namespace cvr::profiles {
struct Profile;
}
namespace cvr {
struct RedactedRequest;
}

namespace cvr::match {

class Expression;  // a compiled regular expression (match/expression.h)

enum class How : std::uint8_t {
  kDefault,  // as without a rule
  kExact,    // byte for byte; of a query: its order counts too
  kSet,      // order does not count: of a query's pairs (the default), of a JSON array's elements
  kAny,      // does not count, not even whether it is there
  kRegex,    // values that the expression fits as a whole are equal when its groups are
  kNumber,   // numbers that differ by at most `tolerance` are equal
};

struct Comparison {
  How how = How::kDefault;
  std::shared_ptr<const Expression> expression;  // kRegex
  double tolerance = 0;                          // kNumber
  std::string word;                              // as it was written: "any", "regex:...", "number:0.5"
};
// "exact", "set", "any", "regex:PATTERN", "number:TOLERANCE".  kUsage says what is allowed.
Result<Comparison> parse_comparison(std::string_view word);

// Of a name in a query or form, a header, or a JSON value: a key at any depth, or a pointer
// (RFC 6901) in which a segment may be '*'.
struct ValueRule {
  std::string name;  // lower case, but pointers
  Comparison comparison;
};

enum class BodyAs : std::uint8_t { kAuto, kExact, kJson, kForm, kMultipart, kAny };

// What counts in one request.
struct PartRules {
  bool any_method = false;
  bool any_host = false;
  bool any_credentials = false;
  Comparison path;   // kDefault kAny kRegex
  Comparison query;  // kDefault kExact kSet kAny: of the names that have no rule of their own
  BodyAs body = BodyAs::kAuto;
  std::vector<ValueRule> query_names, form_names, json_values, headers;
};

struct RouteRules {
  std::string method;  // upper case; empty: any
  std::string path;    // '*' within a segment, '**' any text
  PartRules parts;     // those of every request with this route's over them
};

struct MatchRules {
  std::vector<std::string> volatile_query;  // of the profile; names, lower case
  std::vector<std::string> volatile_json;   // object keys at any depth
  std::vector<std::string> volatile_form;
  // Headers whose *presence* (and scheme, for Authorization) is part of the identity, lower case.
  std::vector<std::string> credential_headers;
  PartRules parts;                 // every request
  std::vector<RouteRules> routes;  // the first that fits a request counts, instead of `parts`
  std::uint64_t fingerprint = 0;   // of all of the above and of the canonical form's version (finish_rules)

  const PartRules& parts_for(const RedactedRequest& request) const;
};
MatchRules rules_for(const profiles::Profile& profile);

// Sets the fingerprint; after the last change.
void finish_rules(MatchRules& rules);

// The rules as lines "scope, part, name, comparison": what the fingerprint covers and people read.
struct RuleLine {
  std::string scope;  // "every request" or "POST /trips"
  std::string part;   // method host path query body credentials header form json
  std::string name;   // empty: the part as a whole
  std::string comparison;
  bool profile = false;  // of the profile, else the user's
};
std::vector<RuleLine> rule_lines(const MatchRules& rules);

// Whether `path` fits `glob` ('*' within a segment, '**' any text).  Linear in their product.
bool fits_glob(std::string_view glob, std::string_view path);

}  // namespace cvr::match
