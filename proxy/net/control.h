// The magic host http://cvr.localhost/: CA download, status, health (CONTRACT "Control API").
// SAFETY T08: an exact Host, no foreign Origin, no CORS; what changes state needs the token.
#pragma once

#include "net/client_connection.h"

namespace cvr::net {

// `exact_host`: Host names cvr.localhost; otherwise the listener was addressed directly and only
// a pointer to the magic host is given.
awaitable<bool> control(ClientConnection& client, const http::RequestHead& head, const http::Target& target,
                        bool exact_host);

}  // namespace cvr::net
