// The check that a pseudonym carries in itself, so that it is recognised without the key: its last
// letters and digits are a public hash of the rest.  At least 31 bits a form, at most two forms a
// text, so a foreign text passes with a chance of at most 2^-30.  It is no signature: it keeps CVR
// from redacting its own pseudonyms twice, and the seal check from reporting them.
//
// The form is part of the cassette format in effect: changing it makes old pseudonyms look foreign.
// Pure and thread-safe.
#pragma once

#include <string>
#include <string_view>

namespace cvr::redact {

inline constexpr std::size_t kMinCheckedSize = 16;  // shorter texts never carry a check

enum class Form {
  kUuid,      // 8-4-4-4-12; the last eight hex digits
  kHexLower,  // hex digits only
  kHexUpper,
  kClasses,  // anything else: digits, lower and upper case stay what they are
};

// 8-4-4-4-12 hex digits, any version, either case.
bool is_uuid(std::string_view text);
// kUuid, kHexLower, kHexUpper or kClasses, by looking at the text alone.  All digits: kClasses.
Form form_of(std::string_view text);

// True when `text` has room for the check: enough letters and digits.
bool can_carry_check(std::string_view text, Form form);

// Overwrites the check characters of `text` in place, each within its class.
// Precondition: can_carry_check.
void put_check(std::string& text, Form form);

// Whether `text` as a whole is a pseudonym of some CVR installation.
bool is_pseudonym(std::string_view text);

// A letter or digit that a pseudonym may change.  One that follows a backslash is part of an escape.
bool is_free(std::string_view text, std::size_t at);

}  // namespace cvr::redact
