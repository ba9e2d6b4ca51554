// A recording under another pseudonym key: each pseudonym is replaced by one that is made of it with that key, in
// the same shape, one for one.  So what leaves the house can not be laid beside other recordings of it.  What is no
// pseudonym (under no Span) stays as it is.  Pure.
#pragma once

#include "cvr/interaction.h"
#include "redact/pseudonym.h"

namespace cvr::redact {

// The caller vouches for the result (RedactionPass): no raw value is read or made.
RedactedParts rekey(const RedactedParts& parts, const Pseudonyms& pseudonyms);

}  // namespace cvr::redact
