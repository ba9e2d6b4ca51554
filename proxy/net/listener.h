// Listening sockets.  Every shard has its own on the same port (SO_REUSEPORT), so the kernel spreads
// connections and shards share nothing.
#pragma once

#include "cvr/proxy.h"
#include "net/asio.h"

namespace cvr::net {

// Binds and listens.  Errors (kEnvironment) name the port and the mend.  The first listener of a
// port is opened with `first` so that a port somebody else holds is an error, not shared.
Result<asio::ip::tcp::acceptor> listen_on(asio::io_context& io, const Endpoint& endpoint, bool first);

}  // namespace cvr::net
