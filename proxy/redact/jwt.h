// JSON Web Tokens (RFC 7519) as a structure: the pseudonym of a token is again one that parses.
// Kept readable: alg typ kid cty enc of the header, iss exp iat nbf and the profile's claims (short
// scalars that the ledger does not know).  Every other value becomes its pseudonym, names stay, the
// signature never does.  Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cvr::redact {

class Pseudonyms;

// Bytes from the beginning of `text` that are a JWT or JWE in compact form: "eyJ", then at least two
// segments of base64url; 0 when they are none.  `dead`: when 0, the bytes that can not begin one
// either (so that a scan stays linear).
std::size_t jwt_size(std::string_view text, std::size_t* dead = nullptr);

// nullopt when `value` as a whole is no JWT with a JSON header.
std::optional<std::string> jwt_pseudonym(std::string_view value, const Pseudonyms& pseudonyms);

// The ids of whom the token is about (sub, uid, org_id and the like; eight or more letters and digits): an application
// reads them there and asks for /users/SUB, so that their pseudonym has to stand for them everywhere.  Claims that the
// profile keeps are none of them.  Empty: no JWT.
std::vector<std::string> jwt_identities(std::string_view value, const Pseudonyms& pseudonyms);

}  // namespace cvr::redact
