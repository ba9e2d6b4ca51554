// An HTTP/1.1 connection within the process: its far end is a ClientConnection like those that come from
// outside, so what enters here is gated, decided, recorded and timed like all else.
//
// A pair of sockets, not a pair of buffers: deadlines, half-closing and back-pressure are the kernel's, as
// they are for every other connection, and nothing on the way of HTTP/1.1 had to be made virtual.
// Lives on the shard of `outer`.
#pragma once

#include <memory>

#include "net/client_connection.h"

namespace cvr::net {

class InnerConnection {
 public:
  // What opens for one `outer` counts itself in `*alive` until it has ended.  Null: no descriptors are left,
  // or the shard has as many connections as it may.
  static std::unique_ptr<InnerConnection> open(const ClientConnection& outer, const Entry& entry,
                                               const std::shared_ptr<int>& alive);

  Stream& stream() { return stream_; }
  Buffer& buffer() { return buffer_; }
  // Behind the end of a body that only the end delimits: it was cut there.
  bool was_cut() const;

  // Between two requests.
  void park() { parked_at_ms_ = stream_.sweeper().now_ms(); }
  // Not so long ago that the far end is about to give it up.
  bool is_fresh(std::int64_t idle_timeout_ms) const;
  bool is_usable(std::int64_t idle_timeout_ms) { return is_fresh(idle_timeout_ms) && !stream_.is_stale(); }

 private:
  // The far end lives, with its connections to upstreams, until its own coroutine ends; this is what remains.
  struct FarEnd {
    std::weak_ptr<ClientConnection> client;
    bool was_cut = false;
  };

  InnerConnection(Socket near, Sweeper& sweeper, std::shared_ptr<const FarEnd> far)
      : stream_(std::move(near), sweeper), far_(std::move(far)) {}
  static awaitable<void> serve(std::shared_ptr<ClientConnection> client, Entry entry, std::shared_ptr<FarEnd> far,
                               std::shared_ptr<int> alive);

  Stream stream_;
  Buffer buffer_;
  std::shared_ptr<const FarEnd> far_;
  std::int64_t parked_at_ms_ = 0;
};

}  // namespace cvr::net
