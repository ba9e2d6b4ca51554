// A proxy in this process with limits of a test's own, in front of an origin, and a client that speaks
// bytes: for what the real binary has no option for.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "cvr/certificate_authority.h"
#include "cvr/proxy.h"
#include "engine/sessions.h"
#include "net/origin_server.h"
#include "os/clock.h"
#include "support/temporary_directory.h"

namespace cvr::net::test {

// Blocking, with an end: a read gives up after 20 s.
class Client {
 public:
  explicit Client(std::uint16_t port);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;
  void send(std::string_view bytes) const;
  std::string read_until(std::string_view needle);  // what came up to and with it, or up to the end
  std::string read_all();

 private:
  int fd_;
  std::string kept_;
};

// Passes all through: an absolute-form proxy at `proxy()`, a reverse one at `reverse()`.
class Rig {
 public:
  Rig(const ProxyLimits& limits, OriginHandler handler, std::shared_ptr<engine::Sessions> sessions = nullptr);
  std::uint16_t proxy() const { return proxy_->address().port; }
  std::uint16_t reverse() const { return proxy_->reverse_address()->port; }
  // "http://127.0.0.1:PORT" of the origin
  std::string origin_url() const;
  engine::Summary summary() const { return session_->summary(); }

 private:
  cvr::test::TemporaryDirectory directory_;
  os::SystemClock clock_;
  std::unique_ptr<OriginServer> origin_;
  std::shared_ptr<engine::Session> session_;
  std::unique_ptr<Proxy> proxy_;
};

// So small a window that a test need not wait: 3000 bytes each 300 ms.
inline ProxyLimits short_body_window() {
  ProxyLimits limits;
  limits.body_window_ms = 300;
  limits.body_bytes_per_s = 10'000;
  return limits;
}

// Bodies that never become whole.
inline constexpr std::string_view kBegunBodies[] = {"Content-Length: 10000\r\n\r\nsome bytes",
                                                    "Transfer-Encoding: chunked\r\n\r\na\r\nsome bytes\r\n"};

inline OriginReply hello(const http::Request&) {
  OriginReply reply;
  reply.response.body = "hello";
  return reply;
}

}  // namespace cvr::net::test
