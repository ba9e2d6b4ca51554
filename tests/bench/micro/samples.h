// What the micro benches work on: one exchange of a REST service, with credentials made up at run
// time, and the same as the redactor would leave it.
#pragma once

#include "cvr/interaction.h"

namespace cvr::bench {

// A GET with a query, Authorization and an API key, or a POST with about 1 KiB of JSON; answered
// with about `response_bytes` of JSON.
Interaction raw_exchange(bool with_body, std::size_t response_bytes = 1024);

// Made by hand: the benches of match and cassette need no redactor.
RedactedInteraction redacted_exchange(bool with_body, std::size_t response_bytes = 1024);

}  // namespace cvr::bench
