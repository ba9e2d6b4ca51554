// Proxy: shards, acceptors, start and stop.
#include "cvr/proxy.h"

#include <netinet/tcp.h>

#include <thread>

#include "certs/upstream_context.h"
#include "net/client_connection.h"
#include "net/control_socket.h"
#include "net/listener.h"
#include "net/own_listener.h"
#include "os/file.h"

namespace cvr::net {
namespace {

struct ShardThread {
  explicit ShardThread(Context& context) : shard(context) {}
  Shard shard;
  struct Listening {
    asio::ip::tcp::acceptor acceptor;
    Door door;
  };
  std::vector<Listening> listening;
  std::optional<asio::local::stream_protocol::acceptor> control_socket;
  std::thread thread;
};

template <class Acceptor>
awaitable<void> accept_loop(Shard& shard, Acceptor& acceptor, Door door) {
  for (;;) {
    auto [error, socket] = co_await acceptor.async_accept(kAsTuple);
    if (error == asio::error::operation_aborted || shard.context.stopping.load()) co_return;
    if (error || shard.connections >= shard.context.options.limits.most_connections) {
      // Out of descriptors or over the limit: let those in work finish first (SAFETY T19).
      if (error) shard.context.log(0, "can not accept a connection: " + error.message());
      asio::steady_timer pause(shard.io, std::chrono::milliseconds(20));
      co_await pause.async_wait(kAsTuple);
      continue;
    }
    if (door != Door::kControlSocket) {
      const int on = 1;
      ::setsockopt(socket.native_handle(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    }
    auto client = std::make_unique<ClientConnection>(shard, Socket(std::move(socket)), door);
    asio::co_spawn(
        shard.io, [](std::unique_ptr<ClientConnection> c) -> awaitable<void> { co_await c->run(); }(std::move(client)),
        asio::detached);
  }
}

class ProxyImpl : public Proxy {
 public:
  ProxyImpl(ProxyOptions options, std::shared_ptr<engine::Sessions> sessions,
            std::shared_ptr<certs::Authority> authority, const Clock& clock, ProxyEvents events)
      : context_(std::move(options)) {
    context_.sessions = std::move(sessions);
    context_.authority = std::move(authority);
    context_.clock = &clock;
    context_.events = std::move(events);
  }
  ~ProxyImpl() override { stop(0); }

  Result<void> open();
  Endpoint address() const override { return context_.listen; }
  std::optional<Endpoint> reverse_address() const override { return context_.reverse_listen; }
  std::optional<Endpoint> control_address() const override { return context_.control_listen; }
  void stop(int grace_ms) override;

 private:
  Result<void> add_listeners(ShardThread& shard, bool first);
  Result<void> check_upstreams() const;
  void begin(ShardThread& shard);
  Context context_;
  std::vector<std::unique_ptr<ShardThread>> shards_;
  bool stopped_ = false;
};

Endpoint bound(const asio::ip::tcp::acceptor& acceptor, const std::string& address) {
  return {address, acceptor.local_endpoint().port()};
}

Result<void> ProxyImpl::add_listeners(ShardThread& shard, bool first) {
  const auto add = [&](Endpoint& endpoint, Door door) -> Result<void> {
    auto acceptor = listen_on(shard.shard.io, endpoint, first);
    if (!acceptor) return std::unexpected(acceptor.error());
    endpoint = bound(*acceptor, endpoint.address);
    shard.listening.push_back({std::move(*acceptor), door});
    return {};
  };
  if (auto added = add(context_.listen, Door::kProxy); !added) return added;
  if (context_.reverse_listen) {
    if (auto added = add(*context_.reverse_listen, Door::kReverse); !added) return added;
  }
  if (!first) return {};  // one shard is enough for the control pages
  if (context_.control_listen) {
    if (auto added = add(*context_.control_listen, Door::kControl); !added) return added;
  }
  if (const std::string& path = context_.options.control_socket; !path.empty()) {
    auto acceptor = listen_at(shard.shard.io, path);
    if (!acceptor) return std::unexpected(acceptor.error());
    shard.control_socket.emplace(std::move(*acceptor));
  }
  return {};
}

// Once the ports are known.
Result<void> ProxyImpl::check_upstreams() const {
  const auto is_own = [this](const ConnectTo& target) {
    return names_listener(target, context_.listen) ||
           (context_.reverse_listen && names_listener(target, *context_.reverse_listen)) ||
           (context_.control_listen && names_listener(target, *context_.control_listen));
  };
  for (const ConnectTo& rule : context_.options.upstream.connect_to) {
    if (!is_own(rule)) continue;
    return fail(ErrorCode::kUsage, "--connect-to ...:" + rule.to_host + ":" + std::to_string(rule.to_port) +
                                       " names a listener of CVR itself; name the upstream's address");
  }
  const auto& proxy = context_.options.upstream.proxy;
  if (!proxy) return {};
  const ConnectTo to_proxy{"", 0, proxy->host, proxy->port};
  if (is_own(to_proxy)) return fail(ErrorCode::kUsage, "--upstream-proxy names a listener of CVR itself");
  return {};
}

Result<void> ProxyImpl::open() {
  const ProxyOptions& options = context_.options;
  const bool online = context_.sessions->forwards() || options.allow_out_of_scope;
  if (online) {
    auto tls = certs::make_upstream_context({options.upstream.ca_file, options.upstream.insecure,
                                             options.upstream.client_cert_file, options.upstream.client_key_file});
    if (!tls) return std::unexpected(tls.error());
    context_.upstream_tls = std::move(*tls);
  }
  context_.listen = options.listen;
  if (options.reverse) context_.reverse_listen = options.reverse->listen;
  context_.control_listen = options.control;
  const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
  const int count = options.threads > 0 ? options.threads : static_cast<int>(cores);
  for (int i = 0; i < count; ++i) {
    shards_.push_back(std::make_unique<ShardThread>(context_));
    if (auto added = add_listeners(*shards_.back(), i == 0); !added) return added;
  }
  if (auto sound = check_upstreams(); !sound) return sound;
  if (options.reverse) {
    context_.reverse_links = {to_string(options.reverse->upstream), "http://" + to_string(*context_.reverse_listen)};
  }
  for (const auto& s : shards_) begin(*s);
  return {};
}

void ProxyImpl::begin(ShardThread& s) {
  for (auto& [acceptor, door] : s.listening) {
    asio::co_spawn(s.shard.io, accept_loop(s.shard, acceptor, door), asio::detached);
  }
  if (s.control_socket) {
    asio::co_spawn(s.shard.io, accept_loop(s.shard, *s.control_socket, Door::kControlSocket), asio::detached);
  }
  s.thread = std::thread([&shard = s.shard] {
    shard.sweeper.start();
    shard.io.run();
  });
}

void ProxyImpl::stop(int grace_ms) {
  if (std::exchange(stopped_, true)) return;
  context_.stopping.store(true);
  for (const auto& s : shards_) {
    asio::post(s->shard.io, [&s = *s] {
      boost::system::error_code ignored;
      for (auto& [acceptor, door] : s.listening) acceptor.close(ignored);
      if (s.control_socket) s.control_socket->close(ignored);
      s.shard.sweeper.expire_idle();
    });
  }
  const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(grace_ms);
  while (context_.connections.load() > 0 && std::chrono::steady_clock::now() < end) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  for (const auto& s : shards_) {
    asio::post(s->shard.io, [&shard = s->shard] { shard.sweeper.expire_all(); });
  }
  const auto cut = std::chrono::steady_clock::now() + std::chrono::milliseconds(500);
  while (context_.connections.load() > 0 && std::chrono::steady_clock::now() < cut) {
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  // Not by a post, which a shard that is busy may not come to.
  for (const auto& s : shards_) s->shard.io.stop();
  for (const auto& s : shards_) {
    if (s->thread.joinable()) s->thread.join();
  }
  if (!shards_.empty() && shards_.front()->control_socket) os::remove_socket(context_.options.control_socket);
}

}  // namespace
}  // namespace cvr::net

namespace cvr {

Result<std::unique_ptr<Proxy>> Proxy::start(ProxyOptions options, std::shared_ptr<engine::Sessions> sessions,
                                            std::shared_ptr<certs::Authority> authority, const Clock& clock,
                                            ProxyEvents events) {
  auto proxy = std::make_unique<net::ProxyImpl>(std::move(options), std::move(sessions), std::move(authority), clock,
                                                std::move(events));
  if (auto opened = proxy->open(); !opened) return std::unexpected(opened.error());
  return proxy;
}

}  // namespace cvr
