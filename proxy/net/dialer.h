// Connecting to the upstream: --connect-to, name service, address policy, TCP, TLS.
// SAFETY T05-T07: a name is resolved once, the address is checked, and that address is dialled.
#pragma once

#include <expected>
#include <memory>
#include <string>
#include <vector>

#include "cvr/interaction.h"
#include "net/buffer.h"
#include "net/shard.h"
#include "net/stream.h"

namespace cvr::net {

// Where an origin is dialled, once decided.
struct Route {
  std::vector<asio::ip::tcp::endpoint> endpoints;  // in the order to try
  // Through --upstream-proxy: whom to ask it for; the endpoints are the proxy's own then.
  std::string proxied_authority;
  bool absolute_form = false;  // the proxy takes requests, no tunnel
};

// Why an origin may not or can not be dialled.
struct NoRoute {
  bool by_policy = false;  // 403; otherwise `failure` is the upstream's
  std::string why;
  Failure failure;
  bool is_own_want = false;  // no descriptors left: nothing that the upstream did
};

struct NoConnection {
  Failure failure;
  bool is_own_want = false;
};

// Resolves and checks.  `port_is_open`: a port that needs no leave (443, 80, --connect-to, reverse).
awaitable<std::expected<Route, NoRoute>> find_route(Shard& shard, const http::Origin& origin);

// True when the port of a CONNECT or URL needs no further leave.
bool is_usual_port(const Context& context, const http::Origin& origin);

// Connects, and makes TLS for https.
awaitable<std::expected<std::unique_ptr<Stream>, NoConnection>> dial(Shard& shard, const http::Origin& origin,
                                                                     const Route& route);

// A connected upstream of one client connection (SAFETY T32), kept between its requests.
struct Upstream {
  http::Origin origin;
  std::unique_ptr<Stream> stream;
  Buffer buffer;
  bool absolute_form = false;  // to an upstream proxy
  bool used = false;           // a request was answered on it: it may have gone stale since
};

}  // namespace cvr::net
