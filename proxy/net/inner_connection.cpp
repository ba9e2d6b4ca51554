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

}  // namespace

awaitable<void> InnerConnection::serve(std::shared_ptr<ClientConnection> client, Entry entry,
                                       std::shared_ptr<FarEnd> far, std::shared_ptr<int> alive) {
  co_await client->run_inside(std::move(entry));
  far->was_cut = client->stream().was_cut();
  client.reset();
  --*alive;
}

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
  auto end = std::make_shared<FarEnd>();
  end->client = client;
  ++*alive;
  asio::co_spawn(shard.io, serve(std::move(client), entry, end, alive), asio::detached);
  return std::unique_ptr<InnerConnection>(new InnerConnection(std::move(near), shard.sweeper, std::move(end)));
}

bool InnerConnection::was_cut() const {
  const auto client = far_->client.lock();
  return client == nullptr ? far_->was_cut : client->stream().was_cut();
}

// Half the idle timeout: what the far end is about to give up is not used again.
bool InnerConnection::is_fresh(std::int64_t idle_timeout_ms) const {
  return stream_.sweeper().now_ms() - parked_at_ms_ < idle_timeout_ms / 2;
}

}  // namespace cvr::net
