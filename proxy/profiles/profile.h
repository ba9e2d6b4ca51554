// What is known of a vendor, as values: hosts, names of fields that carry secrets or people, what
// changes from run to run.  A profile has no code; redact, match and diagnose read its tables.
// Avinode is the built-in default; nothing outside profiles/ and tools/sandbox knows its names.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cvr/interaction.h"

namespace cvr::profiles {

// A name that marks a sensitive value.  Compared without ASCII case and without '-', '_' and other
// punctuation.  In secret_json a name may be given with its parent key, "basicAuth.password": then
// it counts only directly below that key (arrays between the two do not matter).
struct SensitiveName {
  std::string name;
  Kind kind = Kind::kToken;
};

struct Profile {
  std::string name;                // "avinode"
  std::vector<std::string> hosts;  // patterns in scope: "avinode.com", "*.avinode.com"

  // Redaction.
  std::vector<SensitiveName> secret_headers;  // value is a credential: into the ledger
  std::vector<std::string> kept_headers;      // value stays, beside the general allow-list
  std::vector<SensitiveName> secret_query;
  std::vector<SensitiveName> secret_form;
  std::vector<SensitiveName> secret_json;    // object keys, at any depth
  std::vector<std::string> kept_jwt_claims;  // beside alg typ kid iss exp iat nbf
  std::vector<std::string> token_prefixes;   // "avinode_": prefix + >= 20 non-space characters
  std::vector<std::string> uuid_markers;     // a UUID right after one of these words is a credential

  // Matching: parts that change from run to run.
  std::vector<std::string> volatile_headers;
  std::vector<std::string> volatile_query;
  std::vector<std::string> volatile_json;  // object keys, at any depth
  std::vector<std::string> volatile_form;
};

const Profile& avinode();

// The one used when none is named.
const Profile& default_profile();

// The built-in profile of that name, or nullptr.
const Profile* find(std::string_view name);

}  // namespace cvr::profiles
