#include "net/origin_server.h"

#include <netinet/tcp.h>

#include <thread>

#include "engine/problem.h"
#include "http/head.h"
#include "http/serialise.h"
#include "http/target.h"
#include "net/body_reader.h"
#include "net/listener.h"
#include "net/request_value.h"

namespace cvr::net {
namespace {

constexpr int kTimeoutMs = 30'000;
constexpr std::uint64_t kMostBody = 16u << 20;

struct Origin {
  OriginOptions options;
  OriginHandler handler;
  asio::io_context io{1};
  Sweeper sweeper{io};
};

enum class Got : std::uint8_t { kRequest, kRefused, kEnd };

// Reads one whole request.  On kRefused, `refusal` is what to answer before closing.
awaitable<Got> read_request(Origin& origin, Stream& stream, Buffer& buffer, http::Request& request, bool& keep_alive,
                            http::Response& refusal) {
  http::RequestHead head;
  std::size_t scanned = 0;
  for (;;) {
    const auto result = http::parse_request_head(buffer.view(), scanned, http::HeadLimits{}, head);
    if (result.kind == http::HeadResult::Kind::kRefused) {
      refusal = engine::gate_refusal(result.status, result.why);
      co_return Got::kRefused;
    }
    if (result.kind == http::HeadResult::Kind::kDone) {
      buffer.consume(result.consumed);
      break;
    }
    const Io io = co_await stream.read_some(buffer.prepare());
    if (!io) co_return Got::kEnd;
    buffer.commit(io.bytes);
  }
  const auto target = http::parse_target(head.target, false);
  if (!target) {
    refusal = engine::gate_refusal(400, target.error().text);
    co_return Got::kRefused;
  }
  keep_alive = head.keep_alive;
  assign_request(request, head, origin.options.origin, *target);
  BodyReader reader(stream, buffer, head.framing, head.content_length);
  if (head.expects_continue && buffer.empty() && !reader.done()) {
    if (!co_await stream.write("HTTP/1.1 100 Continue\r\n\r\n")) co_return Got::kEnd;
  }
  while (!reader.done()) {
    const BodyReader::Piece piece = co_await reader.next();
    if (piece.malformed != nullptr || !piece.io || request.body.size() + piece.data.size() > kMostBody) {
      refusal = engine::gate_refusal(
          400, piece.malformed != nullptr ? piece.malformed : "a body that is not whole or too large");
      co_return Got::kRefused;
    }
    request.body += piece.data;
  }
  co_await reader.next();  // consumes the last piece
  co_return Got::kRequest;
}

awaitable<void> serve(Origin& origin, Socket socket) {
  Stream stream(std::move(socket), origin.sweeper);
  stream.set_timeout_ms(kTimeoutMs);
  if (origin.options.authority != nullptr) {
    auto tls = origin.options.authority->server_context(origin.options.origin.host);
    if (!tls || !co_await stream.accept_tls(std::move(*tls), "")) co_return;
  }
  Buffer buffer;
  http::Request request;
  for (bool keep_alive = true; keep_alive;) {
    stream.set_timeout_ms(kTimeoutMs);
    http::Response refusal;
    const Got got = co_await read_request(origin, stream, buffer, request, keep_alive, refusal);
    if (got == Got::kEnd) co_return;
    if (got == Got::kRefused) {
      co_await stream.write(http::serialise(refusal, true, false));
      co_return;
    }
    const OriginReply reply = origin.handler(request);
    if (reply.delay_ms > 0) {
      asio::steady_timer pause(origin.io, std::chrono::milliseconds(reply.delay_ms));
      co_await pause.async_wait(kAsTuple);
    }
    if (reply.action == OriginReply::Action::kReset) {
      stream.reset();
      co_return;
    }
    if (reply.action == OriginReply::Action::kClose) co_return;
    if (!co_await stream.write(http::serialise(reply.response, !keep_alive, request.method == "HEAD"))) co_return;
  }
}

awaitable<void> accept_loop(Origin& origin, asio::ip::tcp::acceptor& acceptor) {
  for (;;) {
    auto [error, socket] = co_await acceptor.async_accept(kAsTuple);
    if (error) co_return;
    const int on = 1;
    ::setsockopt(socket.native_handle(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    asio::co_spawn(origin.io, serve(origin, Socket(std::move(socket))), asio::detached);
  }
}

class OriginServerImpl : public OriginServer {
 public:
  OriginServerImpl(OriginOptions options, OriginHandler handler) {
    origin_.options = std::move(options);
    origin_.handler = std::move(handler);
  }
  ~OriginServerImpl() override {
    origin_.io.stop();
    if (thread_.joinable()) thread_.join();
  }
  Result<void> open() {
    auto acceptor = listen_on(origin_.io, origin_.options.listen, true);
    if (!acceptor) return std::unexpected(acceptor.error());
    acceptor_.emplace(std::move(*acceptor));
    address_ = {origin_.options.listen.address, acceptor_->local_endpoint().port()};
    asio::co_spawn(origin_.io, accept_loop(origin_, *acceptor_), asio::detached);
    thread_ = std::thread([this] {
      origin_.sweeper.start();
      origin_.io.run();
    });
    return {};
  }
  Endpoint address() const override { return address_; }

 private:
  Origin origin_;
  std::optional<asio::ip::tcp::acceptor> acceptor_;
  Endpoint address_;
  std::thread thread_;
};

}  // namespace

Result<std::unique_ptr<OriginServer>> OriginServer::start(OriginOptions options, OriginHandler handler) {
  auto server = std::make_unique<OriginServerImpl>(std::move(options), std::move(handler));
  if (auto opened = server->open(); !opened) return std::unexpected(opened.error());
  return server;
}

}  // namespace cvr::net
