// One exchange: a request whose head is known, to its answer.  The engine decides, this carries out.
#pragma once

#include "net/client_connection.h"

namespace cvr::net {

struct Exchange {
  ClientConnection& client;
  const Entry& entry;
  const http::RequestHead& head;  // its views die with the next read from the client
  http::Request& request;
};

// Answers whether the client connection may carry another request.
awaitable<bool> run_exchange(Exchange& exchange);

// Reads the request's body into exchange.request.  Sends 100 Continue when asked for.  False: an
// answer was given already, or the client is gone.
awaitable<bool> read_request_body(Exchange& exchange);

inline constexpr const char* kSlowBody = "the request body did not arrive in time (100 bytes/s are expected)";

// The parts of head that later steps need, copied before the client's buffer moves.
struct HeadFacts {
  Framing framing;
  std::uint64_t content_length;
  bool keep_alive;
  bool expects_continue;
  int minor_version;
};

// Forwards (net/forward.cpp).  `body_is_read`: exchange.request.body is whole.
awaitable<bool> forward(Exchange& exchange, const HeadFacts& facts, bool body_is_read, bool record);

}  // namespace cvr::net
