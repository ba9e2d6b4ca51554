// CONNECT: policy, the answer, and what the first byte inside the tunnel says it is.
#include <array>

#include "certs/alpn.h"
#include "engine/problem.h"
#include "http/serialise.h"
#include "net/client_connection.h"
#include "net/distrust.h"
#include "net/http2_connection.h"
#include "net/splice.h"

namespace cvr::net {
namespace {

// Clients show the reason phrase of a refused CONNECT, few show its body (CLIENTS section 3.8).
http::Response connect_refusal(int status, const std::string& why, std::string_view hint) {
  http::Response response = engine::refusal(status, why, hint);
  response.reason = "CVR: " + why;
  return response;
}

}  // namespace

awaitable<void> ClientConnection::connect(const http::RequestHead& head, const http::Origin& origin) {
  Context& c = context();
  learn_fields(head);
  if (origin.host == kMagicHost) co_return co_await open_tunnel(origin, nullptr);
  if (!c.scope.holds(origin.host)) {
    if (is_offline()) {
      count_refused();
      c.log(1, "refused in replay: " + origin.host + " is not in scope");
      co_await answer(session().shown(connect_refusal(
                          403, origin.host + " is not in scope",
                          "--host " + origin.host + " brings it into scope, --allow-out-of-scope lets it through")),
                      head, true);
      co_return;
    }
    co_return co_await blind_tunnel(head, origin);
  }
  for (const http::FieldView& field : head.fields) {
    if (http::equals_ignoring_case(field.name, "user-agent")) user_agent_ = field.value.substr(0, 200);
  }
  auto tls = c.authority->server_context(origin.host);
  if (!tls) {
    count_refused();
    co_await answer(session().shown(connect_refusal(403, tls.error().text, "cvr ca rotate --host " + origin.host)),
                    head, true);
    co_return;
  }
  if (!is_offline() && session().mode().forwards) {
    route_ = co_await find_route(shard_, origin);
    if (!*route_ && route_->error().by_policy) {
      count_refused();
      c.log(0, "refused: " + route_->error().why);
      co_await answer(session().shown(connect_refusal(403, route_->error().why, "")), head, true);
      co_return;
    }
  }
  co_await open_tunnel(origin, std::move(*tls));
}

// Once for each kind of client, and in the summary.
void ClientConnection::tell_distrust(const http::Origin& origin, const Io& io, bool late) {
  if (io.status == IoStatus::kTimeout) return;
  const BrokenHandshake broken{origin.host, user_agent_, offered_protocols(stream_->client_hello()),
                               stream_->tls_problem()};
  Advice advice = advise(broken);
  advice.text = session().shown(advice.text);
  note(as_refusal(broken, late));
  const bool is_new = session().warn_once("TLS " + advice.kind, advice.text);
  context().log(is_new ? 0 : 1, advice.text);
}

awaitable<void> ClientConnection::open_tunnel(const http::Origin& origin, std::shared_ptr<SSL_CTX> tls) {
  Context& c = context();
  if (!co_await stream_->write("HTTP/1.1 200 Connection established\r\n\r\n")) co_return;
  stream_->set_timeout_ms(c.options.limits.handshake_timeout_ms);
  std::array<char, 1> first{};
  if (!buffer_.empty()) {
    first[0] = buffer_.view()[0];
  } else if (!co_await stream_->peek(first)) {
    co_return;
  }
  Entry entry{Arrival::kConnect, origin, nullptr, false};
  if (first[0] == 0x16 && tls != nullptr) {
    const std::string hello(buffer_.view());
    buffer_.consume(hello.size());
    const Io io = co_await stream_->accept_tls(std::move(tls), hello, true);
    if (!io) {
      tell_distrust(origin, io, false);
      co_return;
    }
    if (verifies_late(user_agent_)) {
      const Io request = co_await stream_->read_some(buffer_.prepare());
      if (!request) {
        tell_distrust(origin, request, true);
        co_return;
      }
      buffer_.commit(request.bytes);
    }
    const std::string name = stream_->server_name();
    entry.misdirected = !name.empty() && name != origin.host;
    if (certs::chose_http2(stream_->tls())) co_return co_await serve_http2(*this, entry);
  } else if ((first[0] >= 'A' && first[0] <= 'Z') || (first[0] >= 'a' && first[0] <= 'z')) {
    if (origin.port == 443) {
      const std::string target = origin.host + ":443";
      co_await refuse(400, "plain HTTP in a tunnel to port 443", target);
      co_return;
    }
    entry.origin->scheme = http::Scheme::kHttp;
  } else {
    c.log(0, "neither TLS nor HTTP in a tunnel to " + origin.host + ": closed, since it can not be recorded");
    co_return;
  }
  co_await serve(std::move(entry));
}

awaitable<void> ClientConnection::blind_tunnel(const http::RequestHead& head, const http::Origin& origin) {
  auto route = co_await find_route(shard_, origin);
  if (!route && route.error().by_policy) {
    count_refused();
    co_await answer(session().shown(connect_refusal(403, route.error().why, "")), head, true);
    co_return;
  }
  // The tunnel is not decrypted, so no TLS is made on the way.
  const http::Origin plain{http::Scheme::kHttp, origin.host, origin.port};
  std::expected<std::unique_ptr<Stream>, NoConnection> upstream = std::unexpected(NoConnection{});
  if (route) {
    upstream = co_await dial(shard_, plain, *route);
  } else {
    upstream = std::unexpected(NoConnection{route.error().failure, route.error().is_own_want});
  }
  if (!upstream) {
    http::Response response = engine::upstream_failure(upstream.error().failure);
    response.reason = "CVR: " + upstream.error().failure.detail;
    co_await answer(session().shown(std::move(response)), head, true);
    co_return;
  }
  if (!co_await stream_->write("HTTP/1.1 200 Connection established\r\n\r\n")) co_return;
  co_await splice(*stream_, buffer_, **upstream, context().options.limits.idle_timeout_ms);
}

}  // namespace cvr::net
