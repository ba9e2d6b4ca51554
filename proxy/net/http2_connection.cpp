#include "net/http2_connection.h"

#include <unordered_map>

#include "engine/problem.h"
#include "net/http2_exchange.h"

namespace cvr::net {
namespace {

constexpr int kFarewellMs = 1000;
// Inner connections, with those whose stream was reset and which still end their exchange for the record.
constexpr std::size_t kMostParked = 8;
constexpr int kMostInner = 2 * static_cast<int>(Http2Frames::kMostStreams);

class Http2Connection : private Http2Events, public Http2Exchange::Owner, private Sweepable {
 public:
  Http2Connection(ClientConnection& client, const Entry& entry)
      : Sweepable(client.shard().sweeper),
        client_(client),
        entry_(entry),
        frames_(*this),
        writable_(client.shard().io),
        ended_(client.shard().io) {
    Sweepable::set_idle(true);
  }

  awaitable<void> run();

 private:
  void on_request(Http2Id id, const http::Http2Block& head, bool ends) override;
  void on_body(Http2Id id, std::string_view bytes) override;
  void on_body_end(Http2Id id, http::Fields trailers) override;
  void on_answered(Http2Id id) override;
  void on_closed(Http2Id id, Http2Code code) override;
  Supply supply(Http2Id id, std::span<char> into) override;

  Http2Frames& frames() override { return frames_; }
  void wake_writer() override { writable_.set(); }
  void give_back(std::unique_ptr<InnerConnection> inner) override;

  // At a stop of the proxy: GOAWAY at once, streams that run may end.
  void on_late() override;

  awaitable<void> read();
  awaitable<void> write();
  std::unique_ptr<InnerConnection> take_inner();
  awaitable<void> run_exchange(std::shared_ptr<Http2Exchange> exchange, std::unique_ptr<InnerConnection> inner);
  void set_deadline();
  Http2Exchange* find(Http2Id id) const;
  const ProxyLimits& limits() const { return client_.context().options.limits; }
  void note_refused(const char* why) {
    client_.note({0, std::string(cassette::kRefusedByGate), entry_.origin ? entry_.origin->host : std::string(), why});
  }

  ClientConnection& client_;
  const Entry& entry_;
  Http2Frames frames_;
  std::unordered_map<Http2Id, std::shared_ptr<Http2Exchange>> exchanges_;
  std::vector<std::unique_ptr<InnerConnection>> parked_;
  std::shared_ptr<int> alive_ = std::make_shared<int>(0);
  int running_ = 0;          // coroutines beside the reader's
  bool is_closing_ = false;  // the writer ends when all is written
  bool is_sending_ = false;
  Signal writable_;
  Signal ended_;
};

awaitable<void> Http2Connection::run() {
  ++running_;
  asio::co_spawn(
      client_.shard().io,
      [](Http2Connection& self) -> awaitable<void> {
        co_await self.write();
        --self.running_;
        self.ended_.set();
      }(*this),
      asio::detached);
  co_await read();
  // Who floods need not be waited for.
  if (*frames_.problem() != '\0') client_.stream().set_timeout_ms(kFarewellMs);
  for (const auto& [id, exchange] : exchanges_) exchange->cancel();
  parked_.clear();
  while (running_ > 1) co_await ended_.wait();
  is_closing_ = true;
  wake_writer();
  while (running_ > 0) co_await ended_.wait();
  if (*frames_.problem() != '\0') {
    client_.count_refused();
    note_refused(frames_.problem());
    client_.context().log(0, std::string("HTTP/2 connection ended: ") + frames_.problem());
  }
  if (client_.stream().is_open()) co_await client_.linger();
}

awaitable<void> Http2Connection::read() {
  Stream& stream = client_.stream();
  Buffer& buffer = client_.buffer();
  stream.set_timeout_ms(limits().head_timeout_ms);
  for (;;) {
    if (!buffer.empty()) {
      const bool goes_on = frames_.receive(buffer.view(), stream.sweeper().now_ms());
      buffer.consume(buffer.view().size());
      wake_writer();
      if (!goes_on || frames_.is_over()) co_return;
    }
    const Io io = co_await stream.read_some(buffer.prepare());
    if (io.status == IoStatus::kTimeout) frames_.go_away();
    if (!io) co_return;
    buffer.commit(io.bytes);
  }
}

awaitable<void> Http2Connection::write() {
  std::string out;
  for (bool can_write = true;;) {
    out.clear();
    frames_.collect(out);
    if (out.empty()) {
      if (is_closing_) co_return;
      co_await writable_.wait();
      continue;
    }
    if (!can_write) continue;
    is_sending_ = true;
    set_deadline();
    const Io io = co_await client_.send(out);
    is_sending_ = false;
    set_deadline();
    can_write = static_cast<bool>(io);
    // The reader ends then, and with it all that runs.
    if (!can_write) client_.stream().abort();
  }
}

// Between requests the idle timeout runs, whatever else the client sends (PING keeps nobody waiting); while
// there are streams, each has deadlines of its own.  A write that waits has one whatever else is asked for.
void Http2Connection::set_deadline() {
  Stream& stream = client_.stream();
  const bool is_idle = (exchanges_.empty() || frames_.is_over()) && !is_sending_;
  const bool ends = client_.context().stopping.load(std::memory_order_relaxed);
  stream.set_idle(is_idle);
  if (is_sending_) return;
  if (is_idle && (ends || frames_.is_over())) {
    stream.set_timeout_ms(1);
  } else if (!exchanges_.empty()) {
    stream.set_timeout_ms(0);
  } else if (stream.late_at_ms() == 0) {
    stream.set_timeout_ms(limits().idle_timeout_ms);
  }
}

void Http2Connection::on_late() {
  frames_.go_away();
  wake_writer();
}

Http2Exchange* Http2Connection::find(Http2Id id) const {
  const auto found = exchanges_.find(id);
  return found == exchanges_.end() ? nullptr : found->second.get();
}

void Http2Connection::on_request(Http2Id id, const http::Http2Block& head, bool ends) {
  http::Http2Request request = http::read_http2_request(head, ends);
  const int status = request.status;
  const char* why = request.why;
  auto inner = status == 0 ? take_inner() : nullptr;
  if (status == 0 && inner == nullptr) {
    client_.context().log(0, "an HTTP/2 stream is refused: no descriptors are left, or too many connections are open");
    return frames_.reset(id, Http2Code::kRefused);
  }
  auto exchange = std::make_shared<Http2Exchange>(*this, client_.shard(), id, std::move(request), ends);
  exchanges_.emplace(id, exchange);
  set_deadline();
  if (inner != nullptr) {
    ++running_;
    asio::co_spawn(client_.shard().io, run_exchange(std::move(exchange), std::move(inner)), asio::detached);
    return;
  }
  client_.count_refused();
  note_refused(why);
  client_.context().log(1, std::string("refused: ") + why);
  exchange->refuse(engine::gate_refusal(status, why));
}

awaitable<void> Http2Connection::run_exchange(std::shared_ptr<Http2Exchange> exchange,
                                              std::unique_ptr<InnerConnection> inner) {
  co_await exchange->run(std::move(inner));
  --running_;
  ended_.set();
}

void Http2Connection::on_body(Http2Id id, std::string_view bytes) {
  if (Http2Exchange* exchange = find(id)) return exchange->on_body(bytes);
  frames_.consumed(id, bytes.size());
}

void Http2Connection::on_body_end(Http2Id id, http::Fields trailers) {
  if (Http2Exchange* exchange = find(id)) exchange->on_body_end(std::move(trailers));
}

void Http2Connection::on_answered(Http2Id id) {
  if (Http2Exchange* exchange = find(id)) exchange->on_answered();
}

void Http2Connection::on_closed(Http2Id id, Http2Code code) {
  const auto found = exchanges_.find(id);
  if (found == exchanges_.end()) return;
  const auto exchange = std::move(found->second);
  exchanges_.erase(found);
  exchange->on_closed(code);
  set_deadline();
}

Http2Events::Supply Http2Connection::supply(Http2Id id, std::span<char> into) {
  Http2Exchange* exchange = find(id);
  return exchange == nullptr ? Supply{} : exchange->supply(into);
}

std::unique_ptr<InnerConnection> Http2Connection::take_inner() {
  while (!parked_.empty()) {
    auto inner = std::move(parked_.back());
    parked_.pop_back();
    if (inner->is_usable(limits().idle_timeout_ms)) return inner;
  }
  return *alive_ < kMostInner ? InnerConnection::open(client_, entry_, alive_) : nullptr;
}

// Kept, since behind it stands a connection to the upstream; a few, since a burst is soon over.  The newest are taken
// first, so those that have waited longest stand in front.
void Http2Connection::give_back(std::unique_ptr<InnerConnection> inner) {
  inner->park();
  parked_.push_back(std::move(inner));
  while (parked_.size() > kMostParked || !parked_.front()->is_fresh(limits().idle_timeout_ms)) {
    parked_.erase(parked_.begin());
  }
}

}  // namespace

awaitable<void> serve_http2(ClientConnection& client, const Entry& entry) {
  Http2Connection connection(client, entry);
  co_await connection.run();
}

}  // namespace cvr::net
