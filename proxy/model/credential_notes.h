// How the redactor and diagnosis tell each other of the form of a credential that its pseudonym hides: a
// note of the record (RedactedParts::notes) that begins with one of these, and never holds a value.
#pragma once

#include <string_view>

namespace cvr {

// Then "NAME: what is wrong", of a credential in a form: "client_secret: a raw '+'".
inline constexpr std::string_view kFormCredentialNote = "request form credential: ";
inline constexpr std::string_view kCodedTwice = "percent-coded twice";
// Then "NAME: what is wrong", of a credential that goes with that of Authorization, in a header of its own.
inline constexpr std::string_view kPairShapeNote = "request pair credential: ";
inline constexpr std::string_view kPairCapitals = "capital letters in a UUID";  // no fault by itself
// A flag (RedactedParts::flags), then the lower-case name of a header: white space stood around its value, which the
// value on record can not show.
inline constexpr std::string_view kFlagPaddedField = "padded-field: ";
// A flag: an importer put the form together from its fields, so that nothing shows how it was coded.
inline constexpr std::string_view kFlagRebuiltForm = "rebuilt-form";
// Then what is wrong, of the token in Authorization: "2 parts instead of 3".
inline constexpr std::string_view kTokenShapeNote = "request token: ";
inline constexpr std::string_view kSchemeTwice = "the scheme twice";  // ... perhaps hidden, as part of a known secret

}  // namespace cvr
