// The way through another HTTP proxy (--upstream-proxy): https goes through CONNECT (RFC 9110 section
// 9.3.6), http in absolute-form (RFC 9112 section 3.2.2).
#pragma once

#include <expected>
#include <string>

#include "cvr/interaction.h"
#include "net/shard.h"
#include "net/stream.h"

namespace cvr::net {

// "HOST:PORT", IPv6 in brackets.
std::string authority_form(const std::string& host, std::uint16_t port);

// The target of a request to the proxy itself: "http://host/path?query"; OPTIONS * has no path then
// (RFC 9112 section 3.2.4).
std::string absolute_target(const http::Request& request);

// Status 407 is the proxy's, never the upstream's: it is CVR that must name itself, not the client.
Failure wants_credentials(const UpstreamProxy& proxy);

// Asks the proxy at the other end of `stream` for a tunnel to `authority`.  The stream's deadline is the
// caller's.  Failures are payload-free: the proxy's status, never its words.
awaitable<std::expected<void, Failure>> ask_for_tunnel(Stream& stream, const UpstreamProxy& proxy,
                                                       const std::string& authority);

}  // namespace cvr::net
