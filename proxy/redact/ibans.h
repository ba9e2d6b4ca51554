// International bank account numbers (ISO 13616): a country, two check digits, as many letters and digits as that
// country has, in one piece or in groups of four; the check must hold.  Pure; linear.
#pragma once

#include <cstddef>
#include <string_view>

namespace cvr::redact {

// The size of one that begins at `at` and stands alone, or 0.
std::size_t iban_size(std::string_view text, std::size_t at);

// Where the next may begin, from `at` on, or the end.
std::size_t next_iban(std::string_view text, std::size_t at);

inline bool is_iban(std::string_view text) { return !text.empty() && iban_size(text, 0) == text.size(); }

}  // namespace cvr::redact
