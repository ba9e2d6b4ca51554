// Cookie and Set-Cookie (RFC 6265): names and attributes stay, every value goes.
#pragma once

#include "redact/context.h"

namespace cvr::redact {

void collect_cookie(std::string_view value, Context& context, Edits& edits);      // a=1; b=2
void collect_set_cookie(std::string_view value, Context& context, Edits& edits);  // a=1; Path=/; HttpOnly

}  // namespace cvr::redact
