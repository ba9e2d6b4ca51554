// Calls of CVR's own, as a client: what cvr probe sends.  The way out is the proxy's (--connect-to, address
// policy, --upstream-proxy, verified TLS), a connection a call.
//
// Each method waits until it is done, at most the limits' timeouts.  `should_end` is asked ten times a second
// meanwhile: when it says so the call is cut.  One thread.  Nothing is logged: answers hold secrets.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "certs/peer_facts.h"
#include "cvr/interaction.h"
#include "cvr/proxy.h"

namespace cvr::net {

struct CallerOptions {
  UpstreamOptions upstream;
  ProxyLimits limits;
  std::function<bool()> should_end;  // empty: never
};

// How far it came, whatever was asked for.
struct Reached {
  std::vector<std::string> addresses;    // of the name
  std::optional<certs::PeerFacts> peer;  // after a TLS handshake
  std::optional<Failure> failure;        // of the network or the other end
  std::string refused;                   // by CVR's own policy, in words; nothing was sent
  bool cut = false;                      // `should_end`
};

struct Called {
  Reached reached;
  Interaction interaction;  // as a recorder takes it; worth recording unless refused or cut
};

class Caller {
 public:
  // kUsage, kEnvironment: of the TLS settings.
  static Result<std::unique_ptr<Caller>> make(CallerOptions options, const Clock& clock);
  virtual ~Caller() = default;

  // Host, Content-Length and Connection are added and stand in the interaction.
  virtual Called call(http::Request request) = 0;
  virtual Reached look_up(const http::Origin& origin) = 0;  // the name, no connection
  virtual Reached greet(const http::Origin& origin) = 0;    // the same, a connection and TLS
};

}  // namespace cvr::net
