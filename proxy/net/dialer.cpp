#include "net/dialer.h"

#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>

#include "http/target.h"
#include "net/address_policy.h"
#include "net/own_listener.h"
#include "net/proxy_bypass.h"
#include "net/upstream_proxy.h"

namespace cvr::net {
namespace {

using Tcp = asio::ip::tcp;

const ConnectTo* redirection(const Context& context, const http::Origin& origin) {
  for (const ConnectTo& rule : context.options.upstream.connect_to) {
    if ((rule.host.empty() || rule.host == origin.host) && (rule.port == 0 || rule.port == origin.port)) return &rule;
  }
  return nullptr;
}

std::string place(const std::string& host, std::uint16_t port) { return host + " port " + std::to_string(port); }

NoRoute refused(std::string why) { return {true, std::move(why), {}, false}; }

std::unexpected<NoConnection> no_connection(FailureKind kind, std::string detail) {
  return std::unexpected(NoConnection{{kind, std::move(detail)}, false});
}

bool is_own_want(const boost::system::error_code& error) { return error.value() == EMFILE || error.value() == ENFILE; }

// Name services tell of it in many ways, so it is tried.
bool no_descriptors_left() {
  const int fd = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return errno == EMFILE || errno == ENFILE;
  ::close(fd);
  return false;
}

bool is_own_listener(const Context& context, const Tcp::endpoint& endpoint) {
  return reaches(endpoint, context.listen) || (context.reverse_listen && reaches(endpoint, *context.reverse_listen)) ||
         (context.control_listen && reaches(endpoint, *context.control_listen));
}

// RFC 8305 in its simplest form: families take turns.
std::vector<Tcp::endpoint> interleaved(const std::vector<Tcp::endpoint>& in) {
  std::vector<Tcp::endpoint> v6;
  std::vector<Tcp::endpoint> v4;
  for (const auto& e : in) (e.address().is_v6() ? v6 : v4).push_back(e);
  std::vector<Tcp::endpoint> out;
  for (std::size_t i = 0; i < std::max(v6.size(), v4.size()); ++i) {
    if (i < v6.size()) out.push_back(v6[i]);
    if (i < v4.size()) out.push_back(v4[i]);
  }
  return out;
}

NoRoute refused_address(const std::string& host) {
  return refused(host + " is at a private or local address; --connect-to or --allow-private permits it");
}

awaitable<std::expected<std::vector<Tcp::endpoint>, NoRoute>> resolve(Shard& shard, const std::string& host,
                                                                      std::uint16_t port) {
  std::vector<Tcp::endpoint> found;
  boost::system::error_code parse_error;
  const auto literal = asio::ip::make_address(host, parse_error);
  if (!parse_error) {
    found.emplace_back(literal, port);
    co_return found;
  }
  Tcp::resolver resolver(shard.io);
  const auto [error, results] = co_await resolver.async_resolve(host, std::to_string(port), kAsTuple);
  if (error) {
    const Failure failure{FailureKind::kDns, "no address for " + host + ": " + error.message()};
    co_return std::unexpected(NoRoute{false, "", failure, is_own_want(error) || no_descriptors_left()});
  }
  for (const auto& entry : results) found.push_back(entry.endpoint());
  co_return found;
}

// The proxy resolves the name, so only what the name itself says can be judged here.
awaitable<std::expected<Route, NoRoute>> route_through_proxy(Shard& shard, const std::string& host, std::uint16_t port,
                                                             bool any_address) {
  const Context& context = shard.context;
  const UpstreamProxy& proxy = *context.options.upstream.proxy;
  boost::system::error_code parse_error;
  const auto literal = asio::ip::make_address(host, parse_error);
  const bool is_local = parse_error ? host == "localhost" || host.ends_with(".localhost") : !is_public_address(literal);
  if (is_local && !any_address) co_return std::unexpected(refused_address(host));
  auto found = co_await resolve(shard, proxy.host, proxy.port);
  if (!found) co_return std::unexpected(found.error());
  Route route;
  route.proxied_authority = authority_form(host, port);
  for (const Tcp::endpoint& endpoint : interleaved(*found)) {
    if (is_own_listener(context, endpoint)) {
      co_return std::unexpected(refused("the upstream proxy " + place(proxy.host, proxy.port) + " is CVR itself"));
    }
    route.endpoints.push_back(endpoint);
  }
  co_return route;
}

awaitable<std::expected<std::unique_ptr<Stream>, NoConnection>> connect(Shard& shard, const Tcp::endpoint& endpoint) {
  Socket socket(shard.io);
  boost::system::error_code error;
  socket.open(asio::generic::stream_protocol(endpoint.protocol()), error);
  if (error) co_return std::unexpected(NoConnection{{FailureKind::kConnect, error.message()}, is_own_want(error)});
  auto stream = std::make_unique<Stream>(std::move(socket), shard.sweeper);
  stream->set_timeout_ms(shard.context.options.limits.connect_timeout_ms);
  const auto [failed] = co_await stream->socket().async_connect(endpoint, kAsTuple);
  if (stream->was_timed_out()) co_return no_connection(FailureKind::kTimeout, "no connection in time");
  if (failed) co_return no_connection(FailureKind::kConnect, failed.message());
  const int on = 1;
  ::setsockopt(stream->socket().native_handle(), IPPROTO_TCP, 1 /* TCP_NODELAY */, &on, sizeof on);
  co_return stream;
}

}  // namespace

bool is_usual_port(const Context& context, const http::Origin& origin) {
  if (origin.port == 443 || origin.port == 80 || redirection(context, origin) != nullptr) return true;
  if (context.options.reverse && context.options.reverse->upstream == origin) return true;
  return context.options.upstream.allow_private;
}

awaitable<std::expected<Route, NoRoute>> find_route(Shard& shard, const http::Origin& origin) {
  const Context& context = shard.context;
  const ConnectTo* rule = redirection(context, origin);
  const std::string host = rule != nullptr && !rule->to_host.empty() ? rule->to_host : origin.host;
  const std::uint16_t port = rule != nullptr && rule->to_port != 0 ? rule->to_port : origin.port;
  const bool reverse = context.options.reverse && context.options.reverse->upstream == origin;
  const bool any_address = rule != nullptr || context.options.upstream.allow_private || reverse;
  if (!is_usual_port(context, origin)) {
    co_return std::unexpected(
        refused("port " + std::to_string(port) + " is not 443 or 80; --connect-to or --allow-private permits it"));
  }
  const auto& proxy = context.options.upstream.proxy;
  if (proxy && !bypasses_proxy(proxy->bypass, origin.host, origin.port)) {
    auto route = co_await route_through_proxy(shard, host, port, any_address);
    // As curl does with --connect-to: the address is dialled, whatever the URL says, so it is a tunnel.
    if (route) route->absolute_form = origin.scheme == http::Scheme::kHttp && rule == nullptr;
    co_return route;
  }
  const auto found = co_await resolve(shard, host, port);
  if (!found) co_return std::unexpected(found.error());
  Route route;
  for (const Tcp::endpoint& endpoint : interleaved(*found)) {
    if (is_own_listener(context, endpoint)) co_return std::unexpected(refused(place(host, port) + " is CVR itself"));
    if (any_address || is_public_address(endpoint.address())) route.endpoints.push_back(endpoint);
  }
  if (route.endpoints.empty()) co_return std::unexpected(refused_address(host));
  co_return route;
}

awaitable<std::expected<std::unique_ptr<Stream>, NoConnection>> dial(Shard& shard, const http::Origin& origin,
                                                                     const Route& route) {
  std::expected<std::unique_ptr<Stream>, NoConnection> result = no_connection(FailureKind::kConnect, "no address");
  for (const Tcp::endpoint& endpoint : route.endpoints) {
    result = co_await connect(shard, endpoint);
    if (result) break;
  }
  if (!result) {
    std::string& detail = result.error().failure.detail;
    const bool proxied = !route.proxied_authority.empty();
    detail = (proxied ? std::string("the upstream proxy") : place(origin.host, origin.port)) + ": " + detail;
    co_return result;
  }
  if (!route.proxied_authority.empty() && !route.absolute_form) {
    (*result)->set_timeout_ms(shard.context.options.limits.handshake_timeout_ms);
    const auto asked =
        co_await ask_for_tunnel(**result, *shard.context.options.upstream.proxy, route.proxied_authority);
    if (!asked) co_return no_connection(asked.error().kind, asked.error().detail);
  }
  if (origin.scheme == http::Scheme::kHttp) co_return result;
  Stream& stream = **result;
  stream.set_timeout_ms(shard.context.options.limits.handshake_timeout_ms);
  const Io io = co_await stream.connect_tls(shard.context.upstream_tls, origin.host);
  if (io) co_return result;
  const FailureKind kind = io.status == IoStatus::kTimeout ? FailureKind::kTimeout : FailureKind::kTls;
  const std::string why = io.status == IoStatus::kTls       ? stream.tls_problem()
                          : io.status == IoStatus::kTimeout ? "no TLS handshake in time"
                                                            : "the connection closed during the TLS handshake";
  co_return no_connection(kind, place(origin.host, origin.port) + ": " + why);
}

}  // namespace cvr::net
