// Hosts that are reached without --upstream-proxy: the NO_PROXY list, as curl reads it (curl(1), --noproxy).
// Pure.
#pragma once

#include <cstdint>
#include <string_view>

namespace cvr::net {

// Whether an entry of the list (divided by commas or white space) names the host (lower case, IPv6 without
// brackets): "*"; a name, with or without a dot before it, and every name below; an address or a network
// ("10.0.0.0/8"); each but the network may end in ":PORT".  An entry that is none of these names nothing.
bool bypasses_proxy(std::string_view list, std::string_view host, std::uint16_t port);

}  // namespace cvr::net
