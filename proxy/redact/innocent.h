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

// include, same-origin (Fetch standard), Bearer, a working directory: constants of an interface.
bool is_constant(std::string_view name, std::string_view value);

}  // namespace cvr::redact
