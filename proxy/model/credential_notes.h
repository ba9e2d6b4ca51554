// How the redactor and diagnosis tell each other of the form of a credential that its pseudonym hides: a
// note of the record (RedactedParts::notes) that begins with one of these, and never holds a value.
#pragma once

#include <string_view>

namespace cvr {

// Then "NAME: what is wrong", of a credential in a form: "client_secret: a raw '+'".
inline constexpr std::string_view kFormCredentialNote = "request form credential: ";
// Then what is wrong, of the token in Authorization: "2 parts instead of 3".
inline constexpr std::string_view kTokenShapeNote = "request token: ";

}  // namespace cvr
