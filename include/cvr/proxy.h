// The proxy: listens, terminates TLS, asks the engine, forwards or replays.
//
// Ownership: the Proxy owns its threads; `sessions` and `authority` are shared with the caller, who
// may read summaries at any time.  Threads: the methods of Proxy may be called from any
// one thread.  Errors of start: kEnvironment (port taken: the text names it and the mend), kUsage.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cvr/http.h"
#include "cvr/result.h"
#include "cvr/system.h"

namespace cvr::certs {
class Authority;
}
namespace cvr::engine {
class Sessions;
}

namespace cvr {

struct Endpoint {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8877;  // 0: any free one
};

// "ADDR:PORT", IPv6 in brackets: what stands behind http:// in a URL.
inline std::string to_string(const Endpoint& at) {
  const bool v6 = at.address.find(':') != std::string::npos;
  return (v6 ? "[" + at.address + "]" : at.address) + ":" + std::to_string(at.port);
}

// --connect-to HOST:PORT:ADDR:PORT; empty HOST or port 0 match any, as curl's do.
struct ConnectTo {
  std::string host;
  std::uint16_t port = 0;
  std::string to_host;
  std::uint16_t to_port = 0;
};

struct ProxyLimits {
  std::uint64_t recorded_body_bytes = 16u << 20;  // --body-limit
  std::uint64_t accepted_body_bytes = 1u << 30;   // --max-body
  int handshake_timeout_ms = 10'000;
  int head_timeout_ms = 15'000;
  int body_window_ms = 30'000;  // in each such stretch a request body moves on by so much:
  int body_bytes_per_s = 100;
  int idle_timeout_ms = 60'000;
  int connect_timeout_ms = 10'000;
  int answer_timeout_ms = 120'000;  // --upstream-timeout
  int most_connections = 10'000;    // a shard
};

// --upstream-proxy: an HTTP proxy between CVR and the upstreams.
struct UpstreamProxy {
  std::string host;
  std::uint16_t port = 80;
  std::string authorization;  // value of Proxy-Authorization; a secret: never logged; empty: none
  std::string bypass;         // hosts that are reached without it: a NO_PROXY list (net/proxy_bypass.h)
};

struct UpstreamOptions {
  std::string ca_file;  // trusted beside the system's roots
  bool insecure = false;
  std::string client_cert_file;
  std::string client_key_file;
  std::vector<ConnectTo> connect_to;
  bool allow_private = false;
  std::optional<UpstreamProxy> proxy;
};

struct ReverseOptions {
  http::Origin upstream;
  Endpoint listen{"127.0.0.1", 0};
};

struct ProxyOptions {
  Endpoint listen;
  std::optional<ReverseOptions> reverse;
  std::vector<std::string> hosts;   // patterns in scope
  bool allow_out_of_scope = false;  // in replay
  int threads = 0;                  // 0: cores
  UpstreamOptions upstream;
  ProxyLimits limits;
  double latency = 0;               // replay: recorded times by this factor; 0: at once
  std::string control_token;        // for state changes through the control API; empty: none is allowed
  std::optional<Endpoint> control;  // --control ADDR:PORT
  std::string control_socket;       // --control unix:PATH
};

// What the edges report; called from shard threads.  Texts are payload-free.
struct ProxyEvents {
  std::function<void(int level, const std::string& text)> log;  // 0 warn, 1 info, 2 debug
};

class Proxy {
 public:
  static Result<std::unique_ptr<Proxy>> start(ProxyOptions options, std::shared_ptr<engine::Sessions> sessions,
                                              std::shared_ptr<certs::Authority> authority, const Clock& clock,
                                              ProxyEvents events);
  virtual ~Proxy() = default;

  virtual Endpoint address() const = 0;  // where it listens
  virtual std::optional<Endpoint> reverse_address() const = 0;
  virtual std::optional<Endpoint> control_address() const { return std::nullopt; }  // of --control ADDR:PORT

  // Stops accepting, lets exchanges in flight finish for at most `grace_ms`, then cuts and joins.
  virtual void stop(int grace_ms) = 0;
};

}  // namespace cvr
