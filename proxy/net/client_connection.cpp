#include "net/client_connection.h"

#include <algorithm>

#include "engine/problem.h"
#include "http/serialise.h"
#include "net/control.h"
#include "net/exchange.h"
#include "net/own_listener.h"
#include "net/request_value.h"

namespace cvr::net {
namespace {

constexpr std::size_t kLongestLine = 16 * 1024;

// Whether a Host value names `origin`; a missing port is the default or left open (421 otherwise).
bool host_agrees(std::string_view host, const http::Origin& origin) {
  if (host.empty()) return true;  // HTTP/1.0
  const auto named = http::parse_authority(host, origin.port);
  return named && named->host == origin.host && named->port == origin.port;
}

// Whether a Host value is this proxy's own address.
bool names_proxy(const http::Authority& named, const Endpoint& listener) {
  boost::system::error_code error;
  const auto address = asio::ip::make_address(named.host, error);
  return !error && reaches({address, named.port}, listener);
}

// Of a head that was refused: what stands second in its first line, for the host in it.
std::string_view target_of(std::string_view head) {
  const std::string_view line = head.substr(0, std::min(head.find_first_of("\r\n"), kLongestLine));
  const std::size_t begin = line.find(' ');
  if (begin == line.npos) return {};
  return line.substr(begin + 1, line.find(' ', begin + 1) - begin - 1);
}

const char* first_byte_problem(unsigned char byte) {
  if (byte == 0x16) return "TLS spoken to the proxy port: the proxy's URL begins with http://, not https://";
  if (byte == 0x05 || byte == 0x04) return "SOCKS spoken to the proxy port: CVR is an HTTP proxy (http://ADDR:PORT)";
  return nullptr;
}

}  // namespace

ClientConnection::ClientConnection(Shard& shard, Socket socket, Door door)
    : shard_(shard),
      stream_(std::make_unique<Stream>(std::move(socket), shard.sweeper)),
      door_(door),
      session_(shard.context.sessions->unnamed()) {
  ++shard_.connections;
  shard_.context.connections.fetch_add(1, std::memory_order_relaxed);
}

ClientConnection::ClientConnection(const ClientConnection& outer, Socket socket)
    : ClientConnection(outer.shard_, std::move(socket), outer.door_) {
  session_ = outer.session_;
  authorization_ = outer.authorization_;
  user_agent_ = outer.user_agent_;
  user_ = outer.user_;
  route_ = outer.route_;
}

ClientConnection::~ClientConnection() {
  --shard_.connections;
  shard_.context.connections.fetch_sub(1, std::memory_order_relaxed);
}

awaitable<void> ClientConnection::run() {
  Entry entry;
  entry.is_control = door_ == Door::kControl || door_ == Door::kControlSocket;
  if (door_ == Door::kReverse) {
    entry.arrival = Arrival::kReverse;
    entry.origin = context().options.reverse->upstream;
    entry.links = &context().reverse_links;
  }
  stream_->set_timeout_ms(context().options.limits.head_timeout_ms);
  const Io io = co_await stream_->read_some(buffer_.prepare());
  if (!io) co_return;
  buffer_.commit(io.bytes);
  if (const char* problem = first_byte_problem(static_cast<unsigned char>(buffer_.view()[0]))) {
    context().log(0, problem);
    co_return;
  }
  co_await serve(std::move(entry));
}

awaitable<bool> ClientConnection::read_head(http::RequestHead& head, bool first) {
  std::size_t scanned = 0;
  const ProxyLimits& limits = context().options.limits;
  stream_->set_timeout_ms(first || !buffer_.empty() ? limits.head_timeout_ms : limits.idle_timeout_ms);
  for (;;) {
    if (!buffer_.empty()) {
      // What is refused early leaves it as it was, with views of before.
      head.method = head.target = {};
      head.fields.clear();
      const http::HeadResult result = http::parse_request_head(buffer_.view(), scanned, http::HeadLimits{}, head);
      if (result.kind == http::HeadResult::Kind::kDone) {
        // The views of `head` stay valid: consuming moves nothing until the next read.
        buffer_.consume(result.consumed);
        co_return true;
      }
      if (result.kind == http::HeadResult::Kind::kRefused) {
        learn(head);
        co_await refuse(result.status, result.why, target_of(buffer_.view()));
        co_return false;
      }
    } else if (!first) {
      if (context().stopping.load(std::memory_order_relaxed)) co_return false;
      stream_->set_idle(true);
      const Io waited = co_await stream_->wait_readable();
      stream_->set_idle(false);
      if (!waited) co_return false;
    }
    const bool was_empty = buffer_.empty();
    const Io io = co_await stream_->read_some(buffer_.prepare());
    if (!io) {
      if (io.status == IoStatus::kTimeout && !was_empty)
        co_await refuse(408, "the request head did not arrive in time");
      co_return false;
    }
    buffer_.commit(io.bytes);
    if (was_empty) stream_->set_timeout_ms(limits.head_timeout_ms);
  }
}

awaitable<void> ClientConnection::serve(Entry entry) {
  entry_ = &entry;
  http::RequestHead head;
  bool first = true;
  for (;;) {
    if (!co_await read_head(head, first)) break;
    first = false;
    if (!co_await dispatch(entry, head)) break;
  }
  if (stream_->is_open()) stream_->close();
}

awaitable<bool> ClientConnection::refuse(int status, std::string why, std::string_view target) {
  count_refused();
  note_refused(status, why, target);
  context().log(1, "refused: " + why);
  const std::string bytes = http::serialise(engine::gate_refusal(status, why), true, false);
  if (co_await stream_->write(bytes)) co_await linger();
  co_return false;
}

awaitable<bool> ClientConnection::refuse(const http::RequestHead& head, int status, std::string why,
                                         std::string_view target) {
  learn(head);
  co_return co_await refuse(status, std::move(why), target);
}

// RFC 9112 section 9.6: closing with unread input would reset the connection and lose the answer.
awaitable<void> ClientConnection::linger() {
  stream_->finish_writing();
  if (!stream_->sweeper().is_ending()) stream_->forgive();
  stream_->set_timeout_ms(1000);
  for (std::size_t drained = 0; drained < 256 * 1024;) {
    buffer_.consume(buffer_.view().size());
    const Io io = co_await stream_->read_some(buffer_.prepare());
    if (!io) break;
    drained += io.bytes;
  }
  stream_->close();
}

awaitable<Io> ClientConnection::send(std::string_view bytes) {
  constexpr std::size_t kStretch = 64 * 1024;
  std::size_t written = 0;
  Io io = stream_->try_write(bytes);  // mostly that is all
  if (io.status == IoStatus::kOk) written = io.bytes;
  if (written == bytes.size() || (io.status != IoStatus::kOk && io.status != IoStatus::kWouldBlock)) co_return io;
  while (written < bytes.size()) {
    stream_->set_timeout_ms(context().options.limits.idle_timeout_ms);
    const std::string_view stretch = bytes.substr(written, kStretch);
    io = co_await stream_->write(stretch);
    if (!io) co_return io;
    written += stretch.size();
  }
  stream_->set_timeout_ms(0);
  co_return Io{IoStatus::kOk, written};
}

awaitable<bool> ClientConnection::answer(const http::Response& response, const http::RequestHead& head, bool close) {
  const bool ends = close || !head.keep_alive;
  const std::string bytes = http::serialise(response, ends, head.method == "HEAD");
  const Io io = co_await send(bytes);
  if (io && ends) co_await linger();
  co_return io && !ends;
}

awaitable<bool> ClientConnection::dispatch(const Entry& entry, http::RequestHead& head) {
  const bool is_connect = head.method == "CONNECT";
  if (entry.misdirected) {
    co_return co_await refuse(head, 421, "the server name in TLS is not the host of CONNECT");
  }
  if (entry.is_control) {
    const auto page = http::parse_target(head.target, false);
    if (is_connect || !page || (page->origin && !host_agrees(head.host, *page->origin)))
      co_return co_await refuse(head, 400, "this is the control listener, not the proxy");
    co_return co_await control(*this, head, *page);
  }
  learn_proxy_user(head);
  if (is_connect && entry.origin)
    co_return co_await refuse(head, 400, "CONNECT inside a tunnel or at a reverse listener");
  const auto target = http::parse_target(head.target, is_connect);
  if (!target) co_return co_await refuse(head, 400, target.error().text, head.target);
  if (is_connect) {
    if (!head.host.empty() && !host_agrees(head.host, *target->origin)) {
      // Host without a port names port 443 for CONNECT; only another host is a disagreement.  undici 5's ProxyAgent
      // names the proxy itself.
      const auto named = http::parse_authority(head.host, target->origin->port);
      if (!named || (named->host != target->origin->host && !names_proxy(*named, context().listen)))
        co_return co_await refuse(head, 400, "CONNECT and Host disagree", head.target);
    }
    const http::Origin origin = *target->origin;
    if (origin.host != kMagicHost && !co_await enter_session(head, false)) co_return false;
    co_await connect(head, origin);
    co_return false;
  }
  if (entry.arrival == Arrival::kReverse) {
    if (target->form == http::TargetForm::kAbsolute)
      co_return co_await refuse(head, 400, "a URL as target at a reverse listener", head.target);
    co_return co_await dispatch_to(entry, head, *entry.origin, *target);
  }
  const http::Origin* origin = target->origin ? &*target->origin : entry.origin ? &*entry.origin : nullptr;
  if (origin == nullptr) {
    const auto named = http::parse_authority(head.host, 80);
    if (named && (named->host == kMagicHost || named->host == "localhost" || http::is_ip_literal(named->host))) {
      co_return co_await control(*this, head, *target);
    }
    co_return co_await refuse(head, 400,
                              "this is a proxy: the request target must be a URL (http://HOST/...) or CONNECT");
  }
  if (target->origin && entry.origin && *target->origin != *entry.origin) {
    co_return co_await refuse(head, 421, "the request target is not the host of CONNECT", head.target);
  }
  if (!host_agrees(head.host, *origin))
    co_return co_await refuse(head, entry.origin ? 421 : 400, "Host and the request's target disagree", head.target);
  if (origin->host == kMagicHost) co_return co_await control(*this, head, *target);
  const http::Origin to = *origin;
  co_return co_await dispatch_to(entry, head, to, *target);
}

awaitable<bool> ClientConnection::dispatch_to(const Entry& entry, http::RequestHead& head, const http::Origin& origin,
                                              const http::Target& target) {
  const bool in_tunnel = entry.arrival == Arrival::kConnect;
  if (!is_in_session(in_tunnel) && !co_await enter_session(head, in_tunnel)) co_return false;
  if (head.wants_upgrade && !http::list_contains(upgrade_of(head), "h2c")) {
    learn(head);
    co_return co_await answer(engine::refusal(403, "CVR does not record protocol upgrades (WebSocket)",
                                              "connect to this host directly: add it to NO_PROXY"),
                              head, true);
  }
  stream_->set_timeout_ms(0);  // the head is here; what is waited for from now on has deadlines of its own
  assign_request(request_, head, origin, target);
  Exchange exchange{*this, entry, head, request_};
  co_return co_await run_exchange(exchange);
}

}  // namespace cvr::net
