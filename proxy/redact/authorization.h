// Authorization and Proxy-Authorization values (RFC 9110 section 11): the scheme stays, everything
// after it goes.  Basic is taken apart; of parameter lists (Digest, AWS4-HMAC-SHA256, OAuth 1) the
// names stay.  "Bearer Bearer X" keeps both words: support wants to see that mistake.
#pragma once

#include "redact/context.h"

namespace cvr::redact {

// Edits for `value`, which stands at `begin` of the text, spelled in `view`.
void collect_authorization(std::string_view value, std::size_t begin, std::optional<View> view, Context& context,
                           Edits& edits);

}  // namespace cvr::redact
