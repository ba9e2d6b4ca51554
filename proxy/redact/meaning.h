// What a client means by a credential that it spells with something around it: the token inside quotes,
// the half after "id:", the members of a cookie that is itself a form or a JSON text, the words of an odd
// scheme.  A server echoes the inner part alone, so that has to be known too.  Pure.
#pragma once

#include <functional>
#include <string_view>

namespace cvr::redact {

// Long enough, and built as tokens are: no space, and not just letters or just digits.
bool is_token_shaped(std::string_view value);

// Such a text that looks drawn too: letters and digits, no path and no host.
bool is_drawn(std::string_view value);

struct Meaning {
  std::string_view text;
  std::string_view name;  // of the pair or member that holds it, or empty
  bool whole = false;     // the value itself, unquoted or decoded
};

// Calls `visit` for each inner part that may stand alone, the whole value not among them.  At most 32
// parts; parts that are short, numbers or plain text are left out.
void for_each_meaning(std::string_view value, const std::function<void(const Meaning&)>& visit);

}  // namespace cvr::redact
