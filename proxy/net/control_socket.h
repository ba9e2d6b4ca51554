// --control unix:PATH: a UNIX socket for the control API, for its owner alone (0600).
#pragma once

#include <string>

#include "cvr/result.h"
#include "net/asio.h"

namespace cvr::net {

// Binds and listens.  A socket there that nobody listens at any more is taken away first; anything else
// at PATH is left alone (kEnvironment).  kUsage: the path is too long for a socket.
Result<asio::local::stream_protocol::acceptor> listen_at(asio::io_context& io, const std::string& path);

}  // namespace cvr::net
