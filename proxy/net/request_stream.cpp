// Forwarding, the way of a request body that streams: to the upstream as it arrives, while the answer
// may come before the body is whole.
//
// An early answer (413, 401 ...) goes to the client at once (RFC 9112 section 9.6: the server may answer
// and close, the client is to look for it); the rest of the body is read and dropped, since closing on
// unread input would lose the answer.  The exchange is on record when both halves have ended.
#include "net/concurrently.h"
#include "net/forward.h"
#include "net/pace.h"

namespace cvr::net {
namespace {

constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

}  // namespace

// The client's body broke off or is not acceptable.
void Forwarding::fail_request(int status, const char* problem) {
  request_failed_ = true;
  request_status_ = status;
  request_problem_ = problem;
  learn_unrecorded();
  if (!is_early_ && upstream_ != nullptr) upstream_->stream->reset();  // ends the wait for an answer too
}

void Forwarding::fail_request(const BodyReader::Piece& piece) {
  if (piece.malformed != nullptr) {
    client_.note({0, std::string(cassette::kRefusedByGate), exchange_.request.origin.host, piece.malformed});
    return fail_request(400, piece.malformed);
  }
  const bool slow = piece.io.status == IoStatus::kTimeout && !client_.shard().sweeper.is_ending();
  fail_request(408, slow ? kSlowBody : nullptr);
}

awaitable<void> Forwarding::pump_body() {
  const ProxyLimits& limits = context_.options.limits;
  can_write_ = upstream_ != nullptr;
  if (can_write_) {
    const std::string head = request_head();
    can_write_ = static_cast<bool>(co_await upstream_->stream->write(head));
  }
  BodyReader reader(client_.stream(), client_.buffer(), facts_.framing, facts_.content_length);
  Pace pace(client_.stream(), limits.body_window_ms, limits.body_bytes_per_s);
  pace.begin();
  const bool chunked = facts_.framing == Framing::kChunked;
  std::string framed;
  while (!reader.done()) {
    const BodyReader::Piece piece = co_await reader.next();
    if (piece.malformed != nullptr || !piece.io) {
      fail_request(piece);
      co_return;
    }
    request_tape_.add(piece.data);
    if (request_tape_.size() > limits.accepted_body_bytes) {
      fail_request(413, "a body over the limit of --max-body");
      co_return;
    }
    pace.took(piece.data.size());
    body_arrived_ = reader.done();
    if (!can_write_) continue;
    Stream& upstream = *upstream_->stream;
    upstream.set_timeout_ms(limits.answer_timeout_ms);
    if (chunked) {
      framed.clear();
      http::append_chunk(framed, piece.data);
      if (piece.last) http::append_last_chunk(framed, reader.trailers());
    }
    const std::string_view bytes = chunked ? std::string_view(framed) : piece.data;
    pace.pause();
    const Io written = co_await upstream.write(bytes);
    pace.resume();
    can_write_ = can_write_ && static_cast<bool>(written);
  }
  client_.stream().set_timeout_ms(0);
  exchange_.request.trailers = reader.trailers();
  co_await reader.next();  // consumes the last piece
  body_sent_ = true;
  interaction_.timing.request_us = elapsed_us();
}

awaitable<bool> Forwarding::answer_while_streaming() {
  const bool got_head = co_await read_response_head();
  if (!got_head || body_sent_) co_return got_head;
  if (body_arrived_) {
    // Its last write has just been done, most likely: let the pump say so.
    co_await asio::post(client_.shard().io, kAsTuple);
    if (body_sent_) co_return true;
  }
  if (request_failed_) co_return false;
  is_early_ = true;
  co_await relay();
  relayed_early_ = true;
  // Nothing more is for the upstream; a write that waits for it ends here.
  can_write_ = false;
  upstream_->stream->reset();
  co_return true;
}

awaitable<bool> Forwarding::ask_for_body() {
  if (!facts_.expects_continue || !client_.buffer().empty()) co_return true;
  const Io io = co_await client_.send(kContinue);
  co_return static_cast<bool>(io);
}

// No upstream takes it: without it the record would be of another request, and replay would miss it.
awaitable<void> Forwarding::read_unsent_body() {
  const bool asked = co_await ask_for_body();
  if (asked) co_await pump_body();
}

awaitable<bool> Forwarding::attempt_streaming() {
  const bool asked = co_await ask_for_body();
  if (!asked) co_return false;
  // Named, not temporaries: GCC 12 destroys awaitables twice that are arguments within a co_await.
  awaitable<void> body = pump_body();
  awaitable<bool> answer = answer_while_streaming();
  awaitable<bool> both = concurrently(std::move(body), std::move(answer));
  const bool got_head = co_await std::move(both);
  if (relayed_early_) {
    if (!body_sent_) interaction_.flags.emplace_back(kFlagIncompleteRequest);
    record_now();
    drop_upstream();
  }
  co_return got_head;
}

}  // namespace cvr::net
