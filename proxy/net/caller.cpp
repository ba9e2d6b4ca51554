#include "net/caller.h"

#include <chrono>

#include "certs/upstream_context.h"
#include "http/head.h"
#include "http/serialise.h"
#include "net/body_reader.h"
#include "net/dialer.h"
#include "net/tape.h"
#include "net/upstream_proxy.h"

namespace cvr::net {
namespace {

constexpr int kMostInterim = 16;
constexpr auto kAsk = std::chrono::milliseconds(100);

// One call and all it needs, so that none is left when it is done.
class Attempt {
 public:
  Attempt(Shard& shard, Interaction& interaction, Reached& reached)
      : shard_(shard), interaction_(interaction), reached_(reached) {}

  // A route only, a connection too, or the whole call.
  enum class Until : std::uint8_t { kRoute, kGreeting, kAnswer };

  awaitable<void> run(Until until) {
    began_us_ = shard_.context.clock->monotonic_us();
    interaction_.timing.started_utc_us = shard_.context.clock->utc_us();
    co_await reach(until);
    interaction_.timing.finished_us = elapsed_us();
    interaction_.failure = reached_.failure;
    reached_.cut = shard_.sweeper.is_ending();
  }

 private:
  std::int64_t elapsed_us() const { return shard_.context.clock->monotonic_us() - began_us_; }
  void fail(FailureKind kind, std::string what) { reached_.failure = Failure{kind, std::move(what)}; }
  void fail(const Io& io, const char* when) {
    const std::string where = to_string(interaction_.request.origin);
    if (io.status == IoStatus::kTimeout) return fail(FailureKind::kTimeout, where + ": no bytes in time " + when);
    if (io.status == IoStatus::kTls) return fail(FailureKind::kTls, where + ": TLS broke " + when);
    fail(FailureKind::kReset, where + ": the connection closed " + when);
  }

  awaitable<void> reach(Until until) {
    const http::Origin origin = interaction_.request.origin;
    const auto route = co_await find_route(shard_, origin);
    if (!route) {
      if (route.error().by_policy || route.error().is_own_want) {
        reached_.refused = route.error().by_policy ? route.error().why : "no file descriptors left (ulimit -n)";
      } else {
        reached_.failure = route.error().failure;
      }
      co_return;
    }
    for (const auto& endpoint : route->endpoints) reached_.addresses.push_back(endpoint.address().to_string());
    if (until == Until::kRoute) co_return;
    auto stream = co_await dial(shard_, origin, *route);
    if (!stream) {
      reached_.failure = stream.error().failure;
      co_return;
    }
    note_peer(**stream);
    if (until == Until::kGreeting) {
      (*stream)->close();
      co_return;
    }
    co_await exchange(**stream, route->absolute_form);
  }

  void note_peer(const Stream& stream) {
    if (shard_.context.options.upstream.insecure) interaction_.flags.emplace_back(kFlagInsecureUpstream);
    if (stream.tls() == nullptr) return;
    reached_.peer = certs::peer_facts(stream.tls());
    if (!reached_.peer->issuer.empty()) {
      interaction_.flags.push_back(std::string(kFlagTlsIssuer) + reached_.peer->issuer);
    }
    interaction_.flags.push_back(std::string(kFlagTlsVersion) + reached_.peer->version);
  }

  awaitable<void> exchange(Stream& stream, bool absolute_form) {
    const http::Request& request = interaction_.request;
    std::string bytes = request.method + ' ' + (absolute_form ? absolute_target(request) : http::target_of(request));
    bytes += " HTTP/1.1\r\n";
    for (const http::Field& field : request.fields) http::append_field(bytes, field.name, field.value);
    bytes += "\r\n" + request.body;
    stream.set_timeout_ms(shard_.context.options.limits.answer_timeout_ms);
    co_await stream.write(bytes);  // a failed write is not the end: an answer may have come before
    interaction_.timing.request_us = elapsed_us();
    Buffer buffer;
    http::ResponseHead head;
    if (!co_await read_head(stream, buffer, head)) co_return;
    BodyReader reader(stream, buffer, head.framing, head.content_length);
    Tape tape(shard_.context.options.limits.recorded_body_bytes);
    while (!reader.done()) {
      stream.set_timeout_ms(shard_.context.options.limits.answer_timeout_ms);
      const BodyReader::Piece piece = co_await reader.next();
      if (piece.malformed != nullptr || !piece.io) {
        break_off(piece);
        break;
      }
      tape.add(piece.data);
      if (tape.size() > shard_.context.options.limits.accepted_body_bytes) {
        interaction_.flags.emplace_back(kFlagIncomplete);
        break;
      }
    }
    interaction_.response->trailers = reader.trailers();
    interaction_.response_over_limit = tape.finish(interaction_.response->body);
    stream.close();
  }

  void break_off(const BodyReader::Piece& piece) {
    interaction_.flags.emplace_back(kFlagIncomplete);
    if (piece.malformed == nullptr) return fail(piece.io, "within the body of the answer");
    fail(FailureKind::kProtocol, to_string(interaction_.request.origin) + ": " + piece.malformed);
    interaction_.flags.emplace_back(kFlagAmbiguousFraming);
  }

  awaitable<bool> read_head(Stream& stream, Buffer& buffer, http::ResponseHead& head) {
    std::size_t scanned = 0;
    for (int interim = 0;;) {
      const auto result =
          http::parse_response_head(buffer.view(), scanned, http::HeadLimits{}, interaction_.request.method, head);
      if (result.kind == http::HeadResult::Kind::kRefused) {
        fail(FailureKind::kProtocol, to_string(interaction_.request.origin) + ": " + result.why);
        interaction_.flags.emplace_back(kFlagAmbiguousFraming);
        co_return false;
      }
      if (result.kind == http::HeadResult::Kind::kDone && head.status >= 200) {
        interaction_.timing.first_byte_us = elapsed_us();
        http::Response& response = interaction_.response.emplace();
        response.status = head.status;
        response.reason = head.reason;
        response.minor_version = head.minor_version;
        response.fields = http::to_fields(head.fields);
        interaction_.response_framing = head.framing;
        buffer.consume(result.consumed);
        co_return true;
      }
      if (result.kind == http::HeadResult::Kind::kDone) {
        if (head.status == 101 || ++interim > kMostInterim) {
          fail(FailureKind::kProtocol, to_string(interaction_.request.origin) + ": an interim answer not asked for");
          co_return false;
        }
        buffer.consume(result.consumed);
        scanned = 0;
        continue;
      }
      const Io io = co_await stream.read_some(buffer.prepare());
      if (!io) {
        fail(io, buffer.empty() ? "before an answer" : "within the head of the answer");
        co_return false;
      }
      buffer.commit(io.bytes);
    }
  }

  Shard& shard_;
  Interaction& interaction_;
  Reached& reached_;
  std::int64_t began_us_ = 0;
};

class CallerImpl : public Caller {
 public:
  CallerImpl(CallerOptions options, const Clock& clock)
      : should_end_(std::move(options.should_end)), context_(proxy_options(std::move(options))) {
    context_.clock = &clock;
    context_.listen.port = 0;  // there is no listener that it could call
  }

  Result<void> open() {
    const UpstreamOptions& upstream = context_.options.upstream;
    auto tls = certs::make_upstream_context(
        {upstream.ca_file, upstream.insecure, upstream.client_cert_file, upstream.client_key_file});
    if (!tls) return std::unexpected(tls.error());
    context_.upstream_tls = std::move(*tls);
    return {};
  }

  Called call(http::Request request) override {
    std::string host = to_string(request.origin);
    host.erase(0, host.find("://") + 3);
    request.fields.insert(request.fields.begin(), {"Host", std::move(host)});
    if (!request.body.empty() || request.method == "POST" || request.method == "PUT") {
      request.fields.push_back({"Content-Length", std::to_string(request.body.size())});
    }
    request.fields.push_back({"Connection", "close"});
    Called out;
    out.interaction.request = std::move(request);
    out.reached = run(out.interaction, Attempt::Until::kAnswer);
    return out;
  }

  Reached look_up(const http::Origin& origin) override { return run_without_call(origin, Attempt::Until::kRoute); }
  Reached greet(const http::Origin& origin) override { return run_without_call(origin, Attempt::Until::kGreeting); }

 private:
  static ProxyOptions proxy_options(CallerOptions options) {
    ProxyOptions out;
    out.upstream = std::move(options.upstream);
    out.limits = options.limits;
    return out;
  }

  Reached run_without_call(const http::Origin& origin, Attempt::Until until) {
    Interaction interaction;
    interaction.request.origin = origin;
    return run(interaction, until);
  }

  // An event loop of its own: a sweeper that has slept for minutes takes new deadlines for old ones.
  Reached run(Interaction& interaction, Attempt::Until until) {
    Shard shard(context_);
    Reached reached;
    bool done = false;
    {
      Attempt attempt(shard, interaction, reached);
      shard.sweeper.start();
      asio::co_spawn(shard.io, attempt.run(until), [&done](const std::exception_ptr&) { done = true; });
      while (!done) {
        shard.io.run_one_for(kAsk);
        if (!done && should_end_ && !shard.sweeper.is_ending() && should_end_()) shard.sweeper.expire_all();
      }
    }
    return reached;
  }

  std::function<bool()> should_end_;
  Context context_;
};

}  // namespace

Result<std::unique_ptr<Caller>> Caller::make(CallerOptions options, const Clock& clock) {
  auto caller = std::make_unique<CallerImpl>(std::move(options), clock);
  if (auto opened = caller->open(); !opened) return std::unexpected(opened.error());
  return caller;
}

}  // namespace cvr::net
