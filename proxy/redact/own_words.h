// The texts of an interaction that are CVR's own and no text of the traffic: names of content codings, reasons why a
// body is left out, digests, names of rules.  Somebody may have written there all the same: a peer in Content-Encoding,
// an import, a foreign cassette.
#pragma once

#include <functional>
#include <string_view>

#include "cvr/interaction.h"
#include "redact/context.h"
#include "redact/finder.h"

namespace cvr::redact {

// Codings become names of the registry, or "unknown"; known secrets go everywhere else.
void finish_own_words(RedactedParts& parts, const Finder& finder, Context& context);

// Each once and with its place, for the seal check.
void each_own_word(const RedactedParts& parts,
                   const std::function<void(std::string_view text, std::string_view place)>& look);

}  // namespace cvr::redact
