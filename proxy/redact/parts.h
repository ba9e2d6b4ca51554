// What is as secret as a value itself and is found alone: its other spellings, and parts of it.
//   UUID      the other case; without dashes, and 32 hex digits with them
//   hex       the other case
//   JWT       payload and signature, unless the pseudonym keeps them as they are (jwt.h keeps claims)
//   lines     each long one (PEM), and all of them with the other line breaks
//   non-ASCII the same characters in ISO 8859-1, Windows-1252 or UTF-8 (charset.h)
// Pure.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace cvr::redact {

class Pseudonyms;

// `pseudonym`: what stands for the value.  Calls visit(part, its pseudonym); a part may be shorter than the
// ledger's least, and may come twice.
void for_each_part(std::string_view value, std::string_view pseudonym, const Pseudonyms& pseudonyms,
                   const std::function<void(std::string_view, std::string)>& visit);

}  // namespace cvr::redact
