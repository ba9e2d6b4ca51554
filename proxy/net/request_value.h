// From a parsed head (views into the buffer) to a request value that owns its bytes.
#pragma once

#include "http/head.h"
#include "http/target.h"

namespace cvr::net {

// Fills `request` anew; strings and the vector keep their capacity.  Body and trailers are cleared.
// Proxy-Authorization is left out: it is neither forwarded nor recorded nor compared.
void assign_request(http::Request& request, const http::RequestHead& head, const http::Origin& origin,
                    const http::Target& target);

// Value of the Upgrade field, or empty.
std::string_view upgrade_of(const http::RequestHead& head);

}  // namespace cvr::net
