// What is on record of a request's credentials: by pseudonym, never by value.  A pseudonym keeps the shape,
// and the readable claims of a JWT (redact/jwt), so form and age can be judged without the secret.  Pure.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cvr/interaction.h"
#include "profiles/profile.h"

namespace cvr::diagnose {

// The bearer token, or whatever stands in Authorization.
struct Credential {
  bool present = false;
  std::string scheme;                         // lower case; empty: none
  std::string token;                          // pseudonym; empty: none
  std::string problem;                        // of the form of the field: "Bearer twice"; empty: none
  bool is_jwt = false;                        // three base64url parts whose second is a JSON object
  bool looks_like_jwt = false;                // begins as one
  std::string algorithm;                      // of the JWT's header
  std::size_t signature_size = 0;             // of its third part
  std::vector<std::string> shape_notes;       // what the redactor saw of its form: "2 parts instead of 3"
  std::map<std::string, std::string> claims;  // as texts
  std::optional<std::int64_t> expires_us, issued_us, not_before_us;
  std::vector<std::string> pair;  // of the profile's pair headers, in their order; empty texts where absent

  // One text for token and pair; empty when there is no credential at all.
  std::string identity() const;
};
Credential read_credential(const RedactedParts& parts, const profiles::Diagnosis& vendor);

// Of a call of the token endpoint.
struct TokenRequest {
  std::vector<std::string> methods;  // client_secret_basic, client_secret_post, client_secret_jwt
  std::string client;                // pseudonym
  std::string secret;                // pseudonym; empty for client_secret_jwt
  std::string grant;                 // grant_type; empty: none
  std::vector<std::string> coding;   // "client_secret: a raw '+'", as the redactor noted it
};
TokenRequest read_token_request(const RedactedParts& parts);

// Of its answer.
struct IssuedToken {
  std::string token;  // pseudonym
  std::optional<std::int64_t> lifetime_us;
};
std::optional<IssuedToken> read_issued_token(const RedactedParts& parts);

}  // namespace cvr::diagnose
