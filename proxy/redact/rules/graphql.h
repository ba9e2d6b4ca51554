// GraphQL (October 2021 edition): values of arguments and input fields whose names are sensitive, in the text of a
// request and in the variables that it binds to them.
#pragma once

#include <string_view>

#include "redact/context.h"

namespace cvr::redact {

// "mutation { login(password: "...") { id } }".  False, and no edits, when the text is none.
bool collect_graphql(std::string_view text, Context& context, Edits& edits);

// {"query": "...login(password: $p)...", "variables": {"p": "..."}}, or a list of them: variables whose own names do
// not tell.  Any other JSON is passed over.
void collect_graphql_variables(std::string_view json, Context& context, Edits& edits);

}  // namespace cvr::redact
