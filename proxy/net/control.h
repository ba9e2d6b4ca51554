// The control pages on the magic host http://cvr.localhost/ and at --control (CONTRACT "Control API").
// This is their gate (SAFETY T08): an exact Host, no foreign Origin, no CORS, bodies bounded, and a token
// for what changes state.  What they say stands in control_api.h.
#pragma once

#include "net/client_connection.h"

namespace cvr::net {

awaitable<bool> control(ClientConnection& client, const http::RequestHead& head, const http::Target& target);

// Parts of the gate, pure.

// Whether a Host value is one of the control pages' own: cvr.localhost, without a port, with 80 or with the one that
// was dialled; at --control its address and localhost with its port, too, and at a socket localhost.  Other names may
// be a stranger's that lead here.
bool names_control(std::string_view host, Door door, const Endpoint& listen,
                   const std::optional<Endpoint>& control_listen);

// A page in a browser tells where it comes from: only the control pages themselves may ask.
bool is_own_origin(std::string_view origin, std::string_view host);

// In constant time.
bool is_token(std::string_view given, std::string_view token);

}  // namespace cvr::net
