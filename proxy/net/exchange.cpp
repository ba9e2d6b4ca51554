#include "net/exchange.h"

#include <chrono>

#include "engine/pacing.h"
#include "engine/problem.h"
#include "http/serialise.h"
#include "net/pace.h"

namespace cvr::net {
namespace {

// CONTRACT "--max-body 1G what is accepted (413 above)".
http::Response too_large(const ProxyLimits& limits) {
  return engine::refusal(413, "a body over the limit of " + std::to_string(limits.accepted_body_bytes) + " bytes",
                         "--max-body SIZE accepts more");
}

awaitable<bool> answer(Exchange& exchange, const http::Response& response, const HeadFacts& facts, bool close) {
  http::RequestHead head;
  head.method = exchange.request.method;
  head.keep_alive = facts.keep_alive;
  co_return co_await exchange.client.answer(response, head, close);
}

awaitable<void> pause_ms(Exchange& exchange, std::int64_t ms) {
  asio::steady_timer timer(exchange.client.shard().io, std::chrono::milliseconds(ms));
  co_await timer.async_wait(kAsTuple);
}

// --fault: what stands in the place of an answer.
awaitable<bool> carry_out(Exchange& exchange, const engine::Faulted& fault, const HeadFacts& facts) {
  if (fault.delay_ms > 0) co_await pause_ms(exchange, fault.delay_ms);
  if (fault.status != 0) co_return co_await answer(exchange, engine::fault_answer(fault), facts, false);
  exchange.client.stream().reset();
  co_return false;
}

// --latency: the answer's pieces at the recorded times, by the factor.
awaitable<bool> replay_in_time(Exchange& exchange, const engine::Playback& playback, const HeadFacts& facts) {
  const bool goes_on = facts.keep_alive && facts.minor_version == 1 && !playback.cut_after;
  const auto all = engine::stretches(playback, facts.minor_version, !goes_on && !playback.cut_after);
  asio::steady_timer timer(exchange.client.shard().io);
  const auto began = std::chrono::steady_clock::now();
  for (const engine::Stretch& one : all) {
    const double wait_us = static_cast<double>(one.at_us) * exchange.client.context().options.latency;
    timer.expires_at(began + std::chrono::microseconds(static_cast<std::int64_t>(wait_us)));
    co_await timer.async_wait(kAsTuple);
    if (!co_await exchange.client.send(one.bytes)) co_return false;
  }
  if (playback.cut_after) exchange.client.stream().abort();
  co_return goes_on;
}

// Sends a recorded answer; the common case is one write of bytes that were ready.
awaitable<bool> send_playback(Exchange& exchange, const engine::Playback& playback, const HeadFacts& facts) {
  if (exchange.client.context().options.latency > 0) co_return co_await replay_in_time(exchange, playback, facts);
  Stream& stream = exchange.client.stream();
  if (playback.cut_after) {
    // An HTTP/1.0 client knows no chunks: the raw body, and the break.
    const bool old = facts.minor_version == 0;
    const std::string closing = old ? engine::closing_wire(playback, 0) : std::string();
    const std::string_view wire = old ? closing : playback.wire;
    co_await exchange.client.send(wire);
    // The client must see all that was recorded before it sees the break: FIN, not RST, but no
    // close_notify either, so a TLS client knows that the body is not whole.
    stream.abort();
    co_return false;
  }
  if (facts.keep_alive && facts.minor_version == 1) {
    const Io io = stream.try_write(playback.wire);
    if (io.status == IoStatus::kOk && io.bytes == playback.wire.size()) co_return true;
    if (io.status != IoStatus::kOk && io.status != IoStatus::kWouldBlock) co_return false;
    const std::string_view rest = std::string_view(playback.wire).substr(io.status == IoStatus::kOk ? io.bytes : 0);
    co_return static_cast<bool>(co_await exchange.client.send(rest));
  }
  const std::string wire = engine::closing_wire(playback, facts.minor_version);
  co_await exchange.client.send(wire);
  co_return false;
}

awaitable<bool> replay(Exchange& exchange, const engine::Hit& hit, const HeadFacts& facts) {
  const engine::Mishap& mishap = hit.mishap;
  if (mishap.delay_ms > 0) co_await pause_ms(exchange, mishap.delay_ms);
  if (!mishap.truncate_bytes) co_return co_await send_playback(exchange, *hit.playback, facts);
  const engine::Playback cut = engine::truncated(*hit.playback, *mishap.truncate_bytes);
  co_return co_await send_playback(exchange, cut, facts);
}

}  // namespace

namespace {

awaitable<bool> read_whole(Exchange& exchange) {
  ClientConnection& client = exchange.client;
  const ProxyLimits& limits = client.context().options.limits;
  const http::RequestHead& head = exchange.head;
  const HeadFacts facts{head.framing, head.content_length, head.keep_alive, head.expects_continue, head.minor_version};
  if (facts.framing == Framing::kNone) co_return true;
  if (facts.expects_continue && client.buffer().empty()) {
    if (!co_await client.stream().write("HTTP/1.1 100 Continue\r\n\r\n")) co_return false;
  }
  BodyReader reader(client.stream(), client.buffer(), facts.framing, facts.content_length);
  Pace pace(client.stream(), limits.body_window_ms, limits.body_bytes_per_s);
  pace.begin();
  exchange.request.body.reserve(std::min<std::uint64_t>(facts.content_length, 1 << 20));
  while (!reader.done()) {
    const BodyReader::Piece piece = co_await reader.next();
    if (piece.malformed != nullptr) {
      client.note({0, std::string(cassette::kRefusedByGate), exchange.request.origin.host, piece.malformed});
      co_await answer(exchange, engine::gate_refusal(400, piece.malformed), facts, true);
      co_return false;
    }
    if (!piece.io) {
      if (piece.io.status == IoStatus::kTimeout && !client.stream().sweeper().is_ending()) {
        client.stream().forgive();
        co_await answer(exchange, engine::gate_refusal(408, kSlowBody), facts, true);
      }
      co_return false;
    }
    if (exchange.request.body.size() + piece.data.size() > limits.accepted_body_bytes) {
      co_await answer(exchange, too_large(limits), facts, true);
      co_return false;
    }
    exchange.request.body += piece.data;
    pace.took(piece.data.size());
  }
  client.stream().set_timeout_ms(0);
  exchange.request.trailers = reader.trailers();
  // The last piece is consumed by the next call: make that now, nothing more is read.
  co_await reader.next();
  co_return true;
}

}  // namespace

awaitable<bool> read_request_body(Exchange& exchange) {
  const bool is_whole = co_await read_whole(exchange);
  if (!is_whole) exchange.client.context().sessions->learn(exchange.request);
  co_return is_whole;
}

awaitable<bool> run_exchange(Exchange& exchange) {
  Context& context = exchange.client.context();
  const http::RequestHead& head = exchange.head;
  const HeadFacts facts{head.framing, head.content_length, head.keep_alive, head.expects_continue, head.minor_version};
  context.exchanges.fetch_add(1, std::memory_order_relaxed);
  if (facts.content_length > context.options.limits.accepted_body_bytes) {
    // Known at the head: no 100 Continue, and nothing goes to the upstream.
    exchange.client.count_refused();
    context.sessions->learn(exchange.request);
    co_return co_await answer(exchange, too_large(context.options.limits), facts, true);
  }
  const bool in_scope =
      exchange.entry.arrival == Arrival::kReverse || context.scope.holds(exchange.request.origin.host);
  if (!in_scope) {
    context.sessions->learn(exchange.request);
    if (exchange.client.is_offline()) {
      exchange.client.count_refused();
      const std::string& host = exchange.request.origin.host;
      co_return co_await answer(exchange,
                                exchange.client.session().shown(engine::refusal(
                                    403, host + " is not in scope", "--host " + host + " brings it into scope")),
                                facts, true);
    }
    co_return co_await forward(exchange, facts, false, false);
  }
  engine::Session& session = exchange.client.session();
  const engine::Setup& setup = session.now();  // what decides this request, whatever comes meanwhile
  const engine::ModeFacts& mode = engine::facts_of(setup.mode);
  if (!mode.looks_up && !mode.records) context.sessions->learn(exchange.request);
  if (!mode.looks_up) co_return co_await forward(exchange, facts, false, mode.records);
  if (facts.framing != Framing::kNone && !co_await read_request_body(exchange)) co_return false;
  const engine::Decision decision = session.decide(setup, exchange.request, exchange.entry.links);
  if (const auto* hit = std::get_if<engine::Hit>(&decision)) co_return co_await replay(exchange, *hit, facts);
  if (const auto* fault = std::get_if<engine::Faulted>(&decision))
    co_return co_await carry_out(exchange, *fault, facts);
  if (const auto* miss = std::get_if<engine::Miss>(&decision)) {
    co_return co_await answer(exchange, engine::miss_answer(miss->report), facts, false);
  }
  co_return co_await forward(exchange, facts, true, std::get<engine::Forward>(decision).record);
}

}  // namespace cvr::net
