// A JSON body as leaves: member order and white space do not count, array order, the text of numbers
// and every member do.  Empty containers are leaves of their own.
#pragma once

#include "match/walk.h"

namespace cvr::match {

bool is_json(std::string_view text);  // one value, depth at most 64
// `body` must be JSON.  Members named in rules.volatile_json are left out at any depth.
void walk_json(const RedactedText& body, const MatchRules& rules, Visitor& visitor);

}  // namespace cvr::match
