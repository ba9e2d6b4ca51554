// What stands under a sensitive name without being a secret: schemas, error messages, words of an
// interface, working directories.  Pure.
#pragma once

#include <string_view>

namespace cvr::redact {

// A member of an object under a sensitive name that describes the secret ("type", "expires_in",
// "minLength").  Its value still has to look like that: `value` raw, of a string or a number.
bool is_description(std::string_view name, std::string_view value);

// A sentence for people, as validation errors are: several words, one of them of the grammar, none built
// like a token.
bool is_sentence(std::string_view value);

// A member whose object holds messages ("errors").
bool is_messages_name(std::string_view name);

// What can be a password: no word of an interface, no name of one, no number of fewer than six digits.
bool can_be_password(std::string_view value);

// A key: letters and digits in turn, as nobody writes them, or letters that no word is made of; 16 characters or more.
bool is_key(std::string_view value);

// 13 to 19 digits, possibly in groups, with their check digit (ISO/IEC 7812-1).
bool is_card_number(std::string_view value);

// include, same-origin (Fetch standard), Bearer, a working directory: constants of an interface.
bool is_constant(std::string_view name, std::string_view value);

}  // namespace cvr::redact
