// The seal check (REDACTION layer 6): does anything that the ledger or the patterns know stand in
// finished bytes?  Pseudonyms are no leaks; they are recognised by their own check, or by a Span
// when they are too short to carry one.
#pragma once

#include <string_view>
#include <vector>

#include "cvr/redactor.h"
#include "redact/finder.h"

namespace cvr::redact {

inline constexpr std::string_view kUnsearched = "too many encodings to search";

// `cut`: the text stops half way, and so may a known value at its end.
void find_leaks(std::string_view text, const std::vector<Span>& spans, std::string_view place, const Finder& finder,
                const Ledger& ledger, std::vector<Leak>& leaks, bool cut = false);

void find_leaks(const RedactedParts& parts, const Finder& finder, const Ledger& ledger, std::vector<Leak>& leaks);

}  // namespace cvr::redact
