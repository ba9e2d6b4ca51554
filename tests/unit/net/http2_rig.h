// A client connection of a proxy in this process that speaks HTTP/2 in clear, in front of an origin; and its
// client, which writes and reads frames.
#pragma once

#include <thread>

#include "net/http2_connection.h"
#include "net/shard.h"
#include "unit/net/http2_bytes.h"
#include "unit/net/rig.h"

namespace cvr::net::test {

// What a shard needs to pass requests through to an origin of its own.
class ShardRig {
 public:
  ShardRig(const ProxyLimits& limits, OriginHandler handler);
  Shard& shard() { return shard_; }
  Context& context() { return context_; }
  Entry entry() const { return {Arrival::kConnect, origin_at(), nullptr, false}; }
  std::string authority() const { return "127.0.0.1:" + std::to_string(origin_->address().port); }
  // One end is the shard's; the other is a descriptor of the caller's.
  std::pair<Socket, int> pair(int send_buffer = 0);  // 0: the system's

 private:
  http::Origin origin_at() const { return {http::Scheme::kHttp, "127.0.0.1", origin_->address().port}; }

  os::SystemClock clock_;
  std::unique_ptr<OriginServer> origin_;
  Context context_;
  Shard shard_;
};

class Http2Rig {
 public:
  Http2Rig(const ProxyLimits& limits, OriginHandler handler, int send_buffer = 0);
  ~Http2Rig();
  Http2Rig(const Http2Rig&) = delete;
  Http2Rig& operator=(const Http2Rig&) = delete;

  void send(std::string_view bytes) const;
  std::string ask(int stream, std::string_view method, bool ends, const Pairs& more = {}) const {
    return request(stream, method, ends, more, authority_);
  }
  // The next frame but SETTINGS and WINDOW_UPDATE; false: the connection has ended.
  bool next(Frame& frame);
  // All up to and with the first of `kind`, or to the end of the connection.
  std::vector<Frame> until(Kind kind);
  // What waits for `next`.
  int unread() const;
  // Whether the proxy has closed, with what is unread; waits for it.
  bool is_closed() const;
  void stop();  // as a proxy does

 private:
  ShardRig rig_;
  std::string authority_;
  int fd_;
  std::string kept_;
  std::thread thread_;
};

}  // namespace cvr::net::test
