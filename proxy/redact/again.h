// Newer rules over what is redacted already (`cvr redact FILE`).  The stored bytes are read as if they
// had just come in, and what the rules find is added; what stands for a secret stays as it is:
//   - Spans survive with kind and rule; an edit is cut down to what lies between them.
//   - A pattern that begins inside a Span, or reaches over a pseudonym, matched CVR's own text.
//   - The value of a Span is never learned as a secret.
// It is repeated until nothing changes, so that doing it twice is the same as once.
#pragma once

#include "cvr/interaction.h"
#include "redact/message.h"

namespace cvr::redact {

// The caller vouches for the result (RedactionPass) after looking at the ledger's overflow.
RedactedParts again(const RedactedParts& parts, const Tools& tools, const Finder& finder, Context& context);

}  // namespace cvr::redact
