// Which addresses an upstream may have without the user's leave (SAFETY T05): public ones only.
#pragma once

#include "net/asio.h"

namespace cvr::net {

// False for loopback, unspecified, link-local, multicast, private (RFC 1918, RFC 4193), shared
// (RFC 6598), benchmarking and reserved ranges, and their IPv4-mapped or NAT64 forms.
bool is_public_address(const asio::ip::address& address);

}  // namespace cvr::net
