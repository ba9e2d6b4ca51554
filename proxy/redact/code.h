// What stands behind a name in a program: an expression, and no value.  Pure.
#pragma once

#include <cstddef>
#include <string_view>

namespace cvr::redact {

// "process.env.API_KEY", "config.secretKey||", "getToken(": a path from a known root, or a call.  `next`: the
// character at which the value ended; a call ends with its bracket or with the quote of an argument.
bool is_expression(std::string_view value, char next);

// Whether the quote at `quote` ends a string in which a pair was begun, as in "?token="+next() and "&key=", x.  The
// pair's name begins at `name`.
bool ends_string(std::string_view text, std::size_t name, std::size_t quote);

}  // namespace cvr::redact
