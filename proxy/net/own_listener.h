// CVR must not be its own upstream (SAFETY T07): requests would go round for ever, and its control
// pages could be reached under a foreign name.
#pragma once

#include <string>

#include "cvr/proxy.h"
#include "net/asio.h"

namespace cvr::net {

// Whether a connection to `target` would reach a listener at `listener`.  A listener at the unspecified
// address has every address of this machine, of both families when it is [::].
bool reaches(const asio::ip::tcp::endpoint& target, const Endpoint& listener);

// The same for the target of --connect-to, before any name is resolved: addresses and localhost.
// Other names are judged when they are dialled.
bool names_listener(const ConnectTo& rule, const Endpoint& listener);

}  // namespace cvr::net
