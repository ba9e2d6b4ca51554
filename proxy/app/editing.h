// What stands between an editor and a cassette (`cvr edit`): the text is parsed, redacted again as if it
// had just come in, searched for secrets, and keyed.  Pure but for the redactor's ledger.
#pragma once

#include <string>
#include <string_view>

#include "cvr/match_rules.h"
#include "cvr/redactor.h"

namespace cvr::app {

struct Edited {
  RedactedInteraction interaction;
  bool redacted = false;  // something that was written stands there as a pseudonym now
};

// Errors: kUsage (the text does not parse: line and what is needed), kRefused (a secret is still in it).
Result<Edited> checked_edit(const RedactedParts& old, std::string_view text, const Redactor& redactor,
                            const match::MatchRules& rules);

}  // namespace cvr::app
