// Conditional and range requests (RFC 9110 sections 13 and 14): an answer to them is no answer to others.  Pure.
#pragma once

#include <string_view>

#include "cvr/interaction.h"

namespace cvr::match {

// Range, If-Range, If-None-Match, If-Modified-Since, in any case.
bool is_condition(std::string_view name);
// Of a GET or HEAD, where alone they make a 206 or 304 of the answer.
bool has_conditions(const RedactedRequest& request);

}  // namespace cvr::match
