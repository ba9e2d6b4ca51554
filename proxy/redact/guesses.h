// What a live request may mean whose path or query holds a dummy: in the recording a pseudonym stands
// there, because the value was known as a secret; here nothing tells (REDACTION "Replay needs no secret").
// Pure.
#pragma once

#include <vector>

#include "cvr/interaction.h"
#include "redact/pseudonym.h"

namespace cvr::redact {

// The same request with one or all of the token-shaped path segments and query values marked as
// pseudonyms, the most likely first; at most nine.
std::vector<RedactedRequest> guesses(const RedactedRequest& live, const Pseudonyms& pseudonyms);

}  // namespace cvr::redact
