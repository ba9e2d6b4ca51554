// Passwords of several words.  Behind "password: " at the beginning of a line they go on to its end, if the text is
// made of such lines and the words are no prose.  Pure.
#pragma once

#include <string_view>

namespace cvr::redact {

// Where such a value ends, which begins at `from`; `word_end` when it is its first word alone.  `name`: where the name
// begins; `sign`: the ':' or '='.
std::size_t phrase_end(std::string_view text, std::size_t name, std::size_t sign, std::size_t from,
                       std::size_t word_end);

// Several words that nobody writes as a label: one of them holds a number or signs, and none belongs to a sentence.
bool is_passphrase(std::string_view value);

}  // namespace cvr::redact
