// A client's HTTP/2 connection: frames on one side, an inner HTTP/1.1 connection for each stream on the other.
#pragma once

#include "net/client_connection.h"

namespace cvr::net {

// Inside `client`'s TLS, which chose h2.  Returns when the connection and all of its streams have ended.
awaitable<void> serve_http2(ClientConnection& client, const Entry& entry);

}  // namespace cvr::net
