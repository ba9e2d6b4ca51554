// URLs and what they are made of: name=value pairs of queries and forms, and absolute or relative
// URLs in headers.  Userinfo and fragment are removed; values of sensitive names go.
#pragma once

#include "redact/context.h"

namespace cvr::redact {

enum class PairsOf : std::uint8_t { kQuery, kForm };

// Pairs in [begin, end) of `text`, separated by '&' or ';'.
void collect_pairs(std::string_view text, std::size_t begin, std::size_t end, PairsOf kind, Context& context,
                   Edits& edits);

// Path parameters: "/a;token=x/b"; what follows a word as "/reset/"; segments that are pseudonyms already.
void collect_path(std::string_view text, std::size_t begin, std::size_t end, Context& context, Edits& edits);

// The path of an OAuth callback or token endpoint: there "code" is a credential.
bool is_oauth_path(std::string_view path);

// A URL in [begin, end): Referer, Origin, Location, Content-Location.
void collect_url(std::string_view text, std::size_t begin, std::size_t end, Context& context, Edits& edits);

// Ids without their prefix in the path of an absolute link in a body, whose bytes begin at `offset`.
void collect_link_ids(std::string_view url, std::size_t offset, Context& context, Edits& edits);

// Link (RFC 8288): every URL between angle brackets.
void collect_link(std::string_view text, Context& context, Edits& edits);

}  // namespace cvr::redact
