// Passwords in URLs of any scheme ("postgres://app:PASSWORD@host/db"): the pattern of such URLs replaces them where
// they stand (patterns.h), and here they are learned, so that they go elsewhere too.
#pragma once

#include <string_view>

#include "redact/context.h"

namespace cvr::redact {

void learn_userinfo(std::string_view text, Context& context);

}  // namespace cvr::redact
