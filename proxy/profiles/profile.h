// What is known of a vendor, as values: hosts, names of fields that carry secrets or people, what
// changes from run to run.  A profile has no code; redact, match and diagnose read its tables.
// Avinode is the built-in default; nothing outside profiles/ and tools/sandbox knows its names.
// What a user adds (cvr.toml, a rule file) is put into a copy of the profile, so that built-in and
// user's rules are the same thing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cvr/interaction.h"
#include "profiles/diagnosis.h"
#include "profiles/plan.h"

namespace cvr::profiles {

// How much is hidden: each level includes those before it (REDACTION; FACTS section 13).
enum class Privacy : std::uint8_t {
  kCredentials,  // secrets alone
  kPii,          // and people: names, mail, phones, free text that may hold them
  kCommercial,   // and business: prices, places, dates, aircraft, vendor ids, companies
};
std::string_view to_string(Privacy level);  // credentials pii commercial
std::optional<Privacy> privacy_from(std::string_view word);

// A name that marks a sensitive value.  Compared without ASCII case and without '-', '_' and other
// punctuation.  In secret_json a name may be given with its parent key, "basicAuth.password": then
// it counts only directly below that key (arrays between the two do not matter); "$request.message"
// and "$response.message" are members of the body itself.  A name that begins
// with '/' is a JSON Pointer (RFC 6901), in which a segment "*" stands for any.
struct SensitiveName {
  std::string name;
  Kind kind = Kind::kToken;
  Privacy level = Privacy::kCredentials;
};

// A regular expression (RE2 syntax) for values anywhere in a text.  Its first group, if it has one,
// is the value, else the whole match.
struct SensitivePattern {
  std::string expression;
  Kind kind = Kind::kToken;
  Privacy level = Privacy::kCredentials;
};

// When the vendor builds its test system anew, each week: ids of before name nothing there afterwards.
struct Rebuild {
  int weekday = 0;      // 0: Monday
  int from_minute = 0;  // of the day, UTC
  int to_minute = 0;
  std::vector<std::string> hosts;  // patterns of the system that is rebuilt
  bool operator==(const Rebuild&) const = default;
};

struct Profile {
  std::string name;                // "avinode"
  std::vector<std::string> hosts;  // patterns in scope: "avinode.com", "*.avinode.com"

  // Redaction.
  std::vector<SensitiveName> secret_headers;  // value is a credential: into the ledger
  std::vector<std::string> kept_headers;      // value stays, beside the general allow-list
  std::vector<SensitiveName> secret_query;
  std::vector<SensitiveName> secret_form;
  std::vector<SensitiveName> secret_json;     // object keys, at any depth
  std::vector<SensitiveName> secret_xml;      // elements and attributes, beside those of secret_json
  std::vector<SensitiveName> secret_cookies;  // all cookies are redacted; these say of what kind they are
  std::vector<std::string> kept_jwt_claims;   // beside alg typ kid iss exp iat nbf
  std::vector<std::string> token_prefixes;    // "avinode_": prefix + >= 20 non-space characters
  std::vector<std::string> uuid_markers;      // a UUID right after one of these words is a credential
  std::vector<SensitivePattern> patterns;
  // Names whose values stay although a general rule would take them.  No list opens Authorization,
  // Proxy-Authorization, Cookie and Set-Cookie as a whole; known secrets are found in kept values too.
  std::vector<std::string> kept_query;
  std::vector<std::string> kept_form;
  std::vector<std::string> kept_json;  // keys, parent.key or JSON Pointers
  std::vector<std::string> kept_xml;
  std::vector<std::string> kept_cookies;
  std::vector<std::string> id_prefixes;  // "atrip-": prefix + digits is a vendor's id (kCommercial)
  // Size of ids for people, of capitals and digits ("A1B2C3"): such a path segment is one.  0: none.
  std::size_t display_id_size = 0;

  // Matching: parts that change from run to run.
  std::vector<std::string> volatile_headers;
  std::vector<std::string> volatile_query;
  std::vector<std::string> volatile_json;  // object keys, at any depth
  std::vector<std::string> volatile_form;

  std::optional<Rebuild> rebuild;

  Diagnosis diagnosis;
  Plan probe;  // what cvr probe does; empty: nothing is known
};

const Profile& avinode();

// The one used when none is named.
const Profile& default_profile();

// The built-in profile of that name, or nullptr.
const Profile* find(std::string_view name);

}  // namespace cvr::profiles
