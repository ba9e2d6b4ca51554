// What the coroutines of one shard share: its event loop, its sweeper, and the proxy's facts.
// Everything behind the references is immutable or synchronised; the rest belongs to the shard's
// thread.
#pragma once

#include <openssl/ssl.h>

#include <atomic>
#include <memory>
#include <string>

#include "cvr/certificate_authority.h"
#include "cvr/proxy.h"
#include "engine/links.h"
#include "engine/scope.h"
#include "engine/sessions.h"
#include "net/sweeper.h"

namespace cvr::net {

// One proxy's facts, set before the shards start.
struct Context {
  ProxyOptions options;
  engine::Scope scope;
  std::shared_ptr<engine::Sessions> sessions;
  std::shared_ptr<certs::Authority> authority;
  std::shared_ptr<SSL_CTX> upstream_tls;  // null in a pure replay: no upstream can be dialled
  const Clock* clock = nullptr;
  ProxyEvents events;
  Endpoint listen;
  std::optional<Endpoint> reverse_listen;
  std::optional<Endpoint> control_listen;
  engine::LinkMap reverse_links;  // upstream origin -> listener, in reverse mode
  std::atomic<std::uint64_t> connections{0};
  std::atomic<std::uint64_t> exchanges{0};
  std::atomic<bool> stopping{false};

  explicit Context(ProxyOptions o) : options(std::move(o)), scope(options.hosts) {}
  void log(int level, const std::string& text) const {
    if (events.log) events.log(level, text);
  }
};

struct Shard {
  explicit Shard(Context& c) : context(c), io(1), sweeper(io) {}
  Context& context;
  asio::io_context io;
  Sweeper sweeper;
  int connections = 0;
};

}  // namespace cvr::net
