// Forwarding, the way back: the upstream's answer goes to the client as it arrives, and on record.
#include <algorithm>

#include "engine/problem.h"
#include "http/codings.h"
#include "http/connection_fields.h"
#include "http/serialise.h"
#include "net/forward.h"
#include "net/upstream_proxy.h"

namespace cvr::net {
namespace {

constexpr int kMostInterim = 16;  // 1xx answers before the final one
constexpr int kReadOnMs = 5'000;  // for a client that has left

}  // namespace

awaitable<bool> Forwarding::read_response_head() {
  Stream& stream = *upstream_->stream;
  Buffer& buffer = upstream_->buffer;
  stream.set_timeout_ms(context_.options.limits.answer_timeout_ms);
  std::size_t scanned = 0;
  for (int interim = 0;;) {
    if (!buffer.empty()) {
      const auto result = http::parse_response_head(buffer.view(), scanned, http::HeadLimits{},
                                                    exchange_.request.method, response_head_);
      if (result.kind == http::HeadResult::Kind::kRefused) {
        set_failure(FailureKind::kProtocol, to_string(exchange_.request.origin) + ": " + result.why);
        interaction_.flags.emplace_back(kFlagAmbiguousFraming);
        co_return false;
      }
      if (result.kind == http::HeadResult::Kind::kDone) {
        scanned = 0;
        const auto& proxy = context_.options.upstream.proxy;
        if (response_head_.status == 407 && upstream_->absolute_form && proxy) {
          failure_ = wants_credentials(*proxy);
          co_return false;
        }
        if (response_head_.status >= 200) {
          interaction_.timing.first_byte_us = elapsed_us();
          http::Response response;
          response.status = response_head_.status;
          response.reason = response_head_.reason;
          response.minor_version = response_head_.minor_version;
          response.fields = http::to_fields(response_head_.fields);
          interaction_.response = std::move(response);
          interaction_.response_framing = response_head_.framing;
          buffer.consume(result.consumed);
          co_return true;
        }
        if (response_head_.status == 101 || ++interim > kMostInterim) {
          set_failure(FailureKind::kProtocol,
                      to_string(exchange_.request.origin) + ": an interim answer that was not asked for");
          co_return false;
        }
        // It is on no record; what it hands over (Set-Cookie beside 103) is known from here on.
        http::Response handed;
        handed.fields = http::to_fields(response_head_.fields);
        context_.sessions->learn(handed);
        // 100 was answered by CVR itself; other interim answers are for the client.
        if (response_head_.status != 100 && facts_.minor_version == 1) {
          co_await to_client(buffer.view().substr(0, result.consumed));
        }
        buffer.consume(result.consumed);
        continue;
      }
    }
    const Io io = co_await stream.read_some(buffer.prepare());
    if (!io) {
      set_failure(io, buffer.empty() ? "before an answer" : "within the head of the answer");
      co_return false;
    }
    buffer.commit(io.bytes);
  }
}

namespace {

// What would be wrong of a body whose links were mapped.
bool tells_of_the_body(std::string_view name) {
  constexpr std::string_view kNames[] = {"content-length", "content-md5", "digest",
                                         "content-digest", "repr-digest", "trailer"};
  return std::ranges::any_of(kNames, [&](std::string_view known) { return http::equals_ignoring_case(name, known); });
}

}  // namespace

std::string Forwarding::client_head(std::optional<std::uint64_t> new_length) const {
  const http::Response& response = *interaction_.response;
  std::string out = "HTTP/1.1 " + std::to_string(response.status) + ' ' + response.reason + "\r\n";
  const bool chunked = response_head_.framing == Framing::kChunked && facts_.minor_version == 1 && !new_length;
  for (const http::Field& field : response.fields) {
    if (http::equals_ignoring_case(field.name, "transfer-encoding")) {
      if (chunked) http::append_field(out, field.name, field.value);
    } else if (new_length && tells_of_the_body(field.name)) {
      continue;
    } else if (!http::belongs_to_connection(response.fields, field.name)) {
      const bool map = exchange_.entry.links != nullptr && engine::is_link_header(field.name);
      http::append_field(out, field.name, map ? engine::map_links(field.value, *exchange_.entry.links) : field.value);
    }
  }
  if (new_length) http::append_field(out, "Content-Length", std::to_string(*new_length));
  if (close_client_) http::append_field(out, "Connection", "close");
  return out + "\r\n";
}

void Forwarding::record_now() {
  if (!is_early_ || interaction_.timing.finished_us == 0) interaction_.timing.finished_us = elapsed_us();
  if (!record_) return session_.finished(interaction_, false);
  if (body_is_read_) {
    request_tape_.add(exchange_.request.body);
    exchange_.request.body.clear();
  }
  interaction_.request = std::move(exchange_.request);
  interaction_.request_over_limit = request_tape_.finish(interaction_.request.body);
  if (interaction_.response) interaction_.response_over_limit = response_tape_.finish(interaction_.response->body);
  interaction_.failure = failure_;
  session_.finished(interaction_, true);
  if (session_.has_ended()) context_.log(0, "an exchange ended after its session did, and is not recorded");
}

awaitable<bool> Forwarding::finish(std::string_view last_piece) {
  if (is_early_) {
    // Not on record yet: the request has not ended.  FIN behind the answer tells a client that waits for it.
    interaction_.timing.finished_us = elapsed_us();
    const Io io = co_await client_.stream().write(last_piece);
    if (io) client_.stream().finish_writing();
    co_return false;
  }
  record_now();
  const Io io = co_await client_.send(last_piece);
  co_return io && !close_client_;
}

// The client went away in mid-answer.  The rest is read for the record, within bounds, so that a replay has a whole
// answer to give to a client that stays.  A stream of events may never end: there, what was given stands alone.
awaitable<bool> Forwarding::read_on(BodyReader& reader) {
  const std::string_view type = http::value_of(interaction_.response->fields, "content-type");
  if (!record_ || is_early_ || type.starts_with("text/event-stream")) co_return client_left();
  upstream_->stream->set_timeout_ms(kReadOnMs);  // for all of it
  while (!reader.done() && !response_tape_.over_limit()) {
    const BodyReader::Piece piece = co_await reader.next();
    if (piece.malformed != nullptr || !piece.io) co_return client_left();
    response_tape_.add(piece.data);
  }
  if (!reader.done()) co_return client_left();
  interaction_.response->trailers = reader.trailers();
  interaction_.flags.emplace_back(kFlagClientGone);
  record_now();
  co_return false;
}

// What it was given is on record, marked as not whole.
bool Forwarding::client_left() {
  if (client_.shard().sweeper.is_ending()) return cut_by_the_end();
  interaction_.flags.emplace_back(kFlagIncomplete);
  interaction_.flags.emplace_back(kFlagClientGone);
  if (!is_early_) record_now();
  return false;
}

// The end of --grace cut this exchange: no failure of the upstream, and none may be replayed.  An
// answer that had begun is recorded as far as it came, an exchange without one is only counted.
bool Forwarding::cut_by_the_end() {
  failure_.reset();
  if (!interaction_.response) {
    session_.count_cut();
    learn_unrecorded();
    return false;
  }
  interaction_.flags.emplace_back(kFlagIncomplete);
  interaction_.flags.emplace_back(kFlagSessionEnded);
  if (!is_early_) record_now();
  return false;
}

// Nothing that the upstream did: no failure on record, but a gap (SAFETY T28).
awaitable<bool> Forwarding::want_of_descriptors() {
  const std::string why = "no file descriptors left";
  context_.log(0, to_string(exchange_.request.origin) + ": not dialled: " + why + " (ulimit -n)");
  if (record_) session_.lose(why);
  learn_unrecorded();
  http::RequestHead head;
  head.method = exchange_.request.method;
  head.keep_alive = false;
  const http::Response response = engine::refusal(503, "CVR has " + why, "raise the limit: ulimit -n");
  co_return co_await client_.answer(response, head, true);
}

awaitable<bool> Forwarding::fail_exchange() {
  if (request_failed_) {
    // The client's own message broke: nothing to record as an answer of the upstream.
    if (request_problem_ == nullptr) co_return false;
    http::RequestHead head;
    head.method = exchange_.request.method;
    head.keep_alive = false;
    client_.stream().forgive();
    const char* hint = request_status_ == 413 ? "--max-body SIZE accepts more" : "mend the client's message";
    const http::Response response = engine::refusal(request_status_, request_problem_, hint);
    co_return co_await client_.answer(response, head, true);
  }
  if (!failure_) co_return false;  // the client is gone
  if (client_.shard().sweeper.is_ending()) co_return cut_by_the_end();
  if (is_own_want_) co_return co_await want_of_descriptors();
  context_.log(1, "upstream " + std::string(to_string(failure_->kind)) + ": " + failure_->detail);
  // Unread request bytes would be taken for the next request.
  close_client_ = close_client_ || !facts_.keep_alive || (!body_is_read_ && !body_sent_);
  const bool head_only = exchange_.request.method == "HEAD";
  const std::string bytes =
      http::serialise(session_.shown(engine::upstream_failure(*failure_)), close_client_, head_only);
  co_return co_await finish(bytes);
}

awaitable<bool> Forwarding::relay() {
  upstream_->used = true;
  const bool until_close = response_head_.framing == Framing::kUntilClose;
  const bool unchunked = response_head_.framing == Framing::kChunked && facts_.minor_version == 0;
  close_client_ = !facts_.keep_alive || until_close || unchunked || !body_sent_ || facts_.minor_version == 0;
  BodyReader reader(*upstream_->stream, upstream_->buffer, response_head_.framing, response_head_.content_length);
  const bool keep_upstream = response_head_.keep_alive && body_sent_;
  const bool mapped = exchange_.entry.links != nullptr && response_head_.framing != Framing::kNone &&
                      engine::has_mappable_body(http::value_of(interaction_.response->fields, "content-type"));
  bool go_on = false;
  if (mapped) {
    go_on = co_await relay_mapped(reader);
  } else {
    std::string head = client_head(std::nullopt);
    go_on = co_await relay_body(reader, std::move(head));
  }
  // What stands behind a whole answer would be taken for the next one (SAFETY T02: response splitting).
  drop_upstream_ = !keep_upstream || failure_ || !reader.done() || has_surplus();
  co_return go_on;
}

// An upstream that sends more than its answer (a second head, a body to HEAD, 204 or 304) framed it in
// two ways.  The client gets the one that the framing rules name; the record says so.
void Forwarding::flag_surplus() {
  if (!has_surplus()) return;
  interaction_.flags.emplace_back(kFlagAmbiguousFraming);
  context_.log(0, to_string(exchange_.request.origin) + ": bytes behind a complete answer; the connection is dropped");
}

// While the request still streams, its pace holds the client's deadline.
awaitable<Io> Forwarding::to_client(std::string_view bytes) {
  if (is_early_) co_return co_await client_.stream().write(bytes);
  co_return co_await client_.send(bytes);
}

void Forwarding::note_broken_answer(const BodyReader::Piece& piece) {
  if (client_.shard().sweeper.is_ending()) {
    cut_by_the_end();
    return;
  }
  if (piece.malformed != nullptr) {
    set_failure(FailureKind::kProtocol, to_string(exchange_.request.origin) + ": " + piece.malformed);
    interaction_.flags.emplace_back(kFlagAmbiguousFraming);
  } else {
    set_failure(piece.io, "within the body of the answer");
  }
  interaction_.flags.emplace_back(kFlagIncomplete);
  if (!is_early_) record_now();
}

// `held`: what the client is owed so far, its head first.
awaitable<bool> Forwarding::relay_body(BodyReader& reader, std::string held) {
  const bool chunked = response_head_.framing == Framing::kChunked && facts_.minor_version == 1;
  const std::int64_t first_byte_us = interaction_.timing.first_byte_us;
  // It is written when more would have to be waited for.
  if (reader.done()) {
    flag_surplus();
    co_return co_await finish(held);
  }
  for (;;) {
    BodyReader::Piece piece;
    if (!reader.take_buffered(piece)) {
      // More must be waited for: what is here goes out first.
      if (!held.empty() && !co_await to_client(held)) co_return co_await read_on(reader);
      held.clear();
      upstream_->stream->set_timeout_ms(context_.options.limits.answer_timeout_ms);
      piece = co_await reader.next();
    }
    if (piece.malformed != nullptr || !piece.io) {
      note_broken_answer(piece);
      if (!held.empty()) co_await to_client(held);
      client_.stream().abort();
      co_return false;
    }
    if (!piece.data.empty()) {
      response_tape_.add(piece.data);
      if (interaction_.pieces.size() < 4096)
        interaction_.pieces.push_back({piece.data.size(), elapsed_us() - first_byte_us});
    }
    if (chunked) {
      http::append_chunk(held, piece.data);
    } else {
      held += piece.data;
    }
    if (piece.last) {
      interaction_.response->trailers = reader.trailers();
      if (chunked) http::append_last_chunk(held, reader.trailers());
      co_await reader.next();  // consumes the last piece
      flag_surplus();
      co_return co_await finish(held);
    }
    if (held.size() >= Buffer::kReadSize) {
      if (!co_await to_client(held)) co_return co_await read_on(reader);
      held.clear();
    }
  }
}

// Reverse mode, JSON: the body is read whole, its links are mapped for the client, the record keeps
// what the upstream said.  One without links goes out as it came; so does what is too large, or broke off.
awaitable<bool> Forwarding::relay_mapped(BodyReader& reader) {
  const bool chunked = response_head_.framing == Framing::kChunked && facts_.minor_version == 1;
  std::string body;
  const auto as_it_came = [&] {
    std::string out = client_head(std::nullopt);
    if (chunked && !body.empty()) {
      http::append_chunk(out, body);
    } else if (!chunked) {
      out += body;
    }
    return out;
  };
  while (!reader.done()) {
    upstream_->stream->set_timeout_ms(context_.options.limits.answer_timeout_ms);
    const BodyReader::Piece piece = co_await reader.next();
    if (piece.malformed != nullptr || !piece.io) {
      note_broken_answer(piece);
      co_await to_client(as_it_came());
      client_.stream().abort();
      co_return false;
    }
    response_tape_.add(piece.data);
    body += piece.data;
    if (response_tape_.over_limit() && !piece.last) {
      context_.log(0, to_string(exchange_.request.origin) +
                          ": a JSON answer over --body-limit goes to the client as it came, its links too");
      co_return co_await relay_body(reader, as_it_came());
    }
  }
  interaction_.response->trailers = reader.trailers();
  co_await reader.next();
  flag_surplus();
  const auto codings = http::parse_codings(http::value_of(interaction_.response->fields, "content-encoding"));
  const auto plain = http::decode_body(body, codings, context_.options.limits.recorded_body_bytes);
  std::optional<std::string> changed;
  if (plain) {
    const std::string mapped = engine::map_links(*plain, *exchange_.entry.links);
    if (mapped != *plain) {
      if (auto coded = http::encode_body(mapped, codings)) changed = *std::move(coded);
    }
  }
  if (!changed) {
    std::string out = as_it_came();
    if (chunked) http::append_last_chunk(out, reader.trailers());
    co_return co_await finish(out);
  }
  if (response_head_.framing == Framing::kUntilClose) close_client_ = !facts_.keep_alive || facts_.minor_version == 0;
  co_return co_await finish(client_head(changed->size()) + *changed);
}

}  // namespace cvr::net
