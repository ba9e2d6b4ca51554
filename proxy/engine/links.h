// Reverse mode: absolute links to the upstream, in JSON bodies and Location-like headers, are
// pointed at the listener for the client only; the record keeps the upstream's (CONTRACT
// --reverse).  Pure text work on whole, decoded bodies.
#pragma once

#include <string>
#include <string_view>

#include "cvr/http.h"

namespace cvr::engine {

// Two origins as texts, "https://sandbox.avinode.com" and "http://127.0.0.1:8877".
struct LinkMap {
  std::string from;
  std::string to;
};

// Replaces `from` by `to` where an origin ends there: before '/', '?', '#', a quote, the end ...
// Both the plain and the JSON-escaped ("https:\/\/") spelling.
std::string map_links(std::string_view text, const LinkMap& map);

// What a client sends back leads to the upstream again: in JSON and form bodies, in the query (percent-coded too), in
// Referer, Origin and Destination.
void map_back(http::Request& request, const LinkMap& links);

// True when the body of such a response holds links that clients follow: JSON of any subtype but streams of lines.
bool has_mappable_body(std::string_view content_type);

// Location, Content-Location, Link, Refresh.
bool is_link_header(std::string_view name);

}  // namespace cvr::engine
