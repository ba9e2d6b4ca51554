#include "net/inner_connection.h"

#include <sys/socket.h>
#include <unistd.h>

namespace cvr::net {
namespace {

// What waits in the kernel between the two ends, each way.
constexpr int kWaitingBytes = 64 * 1024;

Socket adopt(asio::io_context& io, int descriptor) {
  ::setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &kWaitingBytes, sizeof kWaitingBytes);
  Socket socket(io);
  boost::system::error_code error;
  socket.assign(asio::generic::stream_protocol(AF_UNIX, 0), descriptor, error);
  if (error) ::close(descriptor);
  return socket;
}

awaitable<void> serve(std::shared_ptr<ClientConnection> client, Entry entry, std::shared_ptr<int> alive) {
  co_await client->run_inside(std::move(entry));
  --*alive;
}

}  // namespace

std::unique_ptr<InnerConnection> InnerConnection::open(const ClientConnection& outer, const Entry& entry,
                                                       const std::shared_ptr<int>& alive) {
  Shard& shard = outer.shard();
  int ends[2];
  if (shard.connections >= shard.context.options.limits.most_connections) return nullptr;
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends) != 0) return nullptr;
  Socket near = adopt(shard.io, ends[0]);
  Socket far = adopt(shard.io, ends[1]);
  if (!near.is_open() || !far.is_open()) return nullptr;
  auto client = std::make_shared<ClientConnection>(outer, std::move(far));
  ++*alive;
  asio::co_spawn(shard.io, serve(client, entry, alive), asio::detached);
  return std::unique_ptr<InnerConnection>(new InnerConnection(std::move(near), shard.sweeper, std::move(client)));
}

// Half the idle timeout: what the far end is about to give up is not used again.
bool InnerConnection::is_usable(std::int64_t idle_timeout_ms) {
  return stream_.sweeper().now_ms() - parked_at_ms_ < idle_timeout_ms / 2 && !stream_.is_stale();
}

}  // namespace cvr::net
