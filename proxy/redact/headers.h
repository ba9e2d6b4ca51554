// Header fields: which values are kept (CONTRACT "Fidelity" and the profile's list), and what is
// done with the others.  Allow-list by construction: a name that is on no list loses its value.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "cvr/http.h"
#include "profiles/profile.h"
#include "redact/context.h"

namespace cvr::redact {

enum class HeaderClass : std::uint8_t {
  kKept,           // value stays; known secrets in it are still found
  kAuthorization,  // scheme stays
  kCookie,
  kSetCookie,
  kUrl,  // Referer, Origin, Location, Content-Location
  kLink,
  kChallenge,   // of WWW-Authenticate: kept but for what a scheme hands over (RFC 4559)
  kDigest,      // of the body: kept unless the body changed
  kCredential,  // vendor tokens: learned and replaced
  kUnlisted,    // replaced, not learned
};

class HeaderRules {
 public:
  HeaderRules(const profiles::Profile* profile, const Names& names);

  struct Decision {
    HeaderClass what = HeaderClass::kUnlisted;
    Kind kind = Kind::kHeader;
    bool known_name = false;  // stands in a table, so no secret stands in it
  };
  Decision decide(std::string_view name) const;

 private:
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  std::unordered_map<std::string, Decision, Hash, std::equal_to<>> table_;  // lower case
  // Of the profile, lower case: "x-foo-*".
  std::vector<std::string> kept_wild_;
  const Names& names_;
};

// A digest of the body, by the field's name in lower case.
bool is_digest_header(std::string_view name);

// Names of the general allow-list, for people; "*" stands for any beginning or ending.
std::vector<std::string> general_kept_headers();

// Whether the user's patterns look at the field's value.  Of the credential headers nothing is left but
// their grammar (scheme, names, attributes), which a pattern must not eat.
bool is_searched_by_patterns(std::string_view name);

// Sec-WebSocket-Protocol: browsers can send no other header, so tokens travel as "bearer.TOKEN".
void learn_protocols(std::string_view value, Context& context);

// Edits for one field's value.  `body_changed`: digests of it no longer hold.
void collect_header(const HeaderRules::Decision& decision, std::string_view value, bool body_changed, Context& context,
                    Edits& edits);

}  // namespace cvr::redact
