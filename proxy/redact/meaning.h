// What a client means by a credential that it spells with something around it: the token inside quotes,
// the half after "id:", the members of a cookie that is itself a form or a JSON text, the words of an odd
// scheme.  A server echoes the inner part alone, so that has to be known too.  Pure.
#pragma once

#include <functional>
#include <string_view>

namespace cvr::redact {

// Long enough, and built as tokens are: no space, and not just letters or just digits.
bool is_token_shaped(std::string_view value);

// Calls `visit` for each inner part that may stand alone, the whole value not among them.  At most 32
// parts; parts that are short, numbers or plain text are left out.
void for_each_meaning(std::string_view value, const std::function<void(std::string_view)>& visit);

}  // namespace cvr::redact
