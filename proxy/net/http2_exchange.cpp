#include "net/http2_exchange.h"

#include <algorithm>
#include <cstring>

#include "http/chunks.h"
#include "http/http2_response.h"
#include "net/body_reader.h"
#include "net/concurrently.h"

namespace cvr::net {
namespace {

constexpr std::size_t kMostWaiting = 64 * 1024;  // of an answer, for the client
// What the gate has let through, and what CVR adds to it.
constexpr http::HeadLimits kOwnHeads{128 * 1024, 512, 16 * 1024};

}  // namespace

awaitable<void> Http2Exchange::run(std::unique_ptr<InnerConnection> inner) {
  inner_ = std::move(inner);
  inner_takes_ = true;
  // Named, not temporaries: GCC 12 destroys awaitables twice that are arguments within a co_await.
  awaitable<void> request = pump_request();
  awaitable<bool> answer = pump_answer();
  awaitable<bool> both = concurrently(std::move(request), std::move(answer));
  const bool goes_on = co_await std::move(both);
  if (goes_on && request_sent_ && inner_takes_) {
    owner_.give_back(std::move(inner_));
  } else {
    inner_->stream().close();
  }
}

// The client does not take what is there for it, or sends no more of what nobody waits for (SAFETY T18: the
// deadlines of the request are the inner connection's).
void Http2Exchange::on_late() { reset(is_answered_ ? Http2Code::kNoError : Http2Code::kCancel); }

void Http2Exchange::reset(Http2Code code) {
  if (is_cancelled_) return;
  if (!is_closed_) owner_.frames().reset(id_, code);
  owner_.wake_writer();
  cancel();
}

void Http2Exchange::refuse(const http::Response& response) {
  const bool has_body = request_.method != "HEAD";
  if (has_body) answer_ = response.body;
  answer_ended_ = true;
  if (has_body) set_timeout_ms(limits_.idle_timeout_ms);
  owner_.frames().respond(id_, http::http2_response(response), has_body);
  owner_.wake_writer();
}

// ---- the request

void Http2Exchange::on_body(std::string_view bytes) {
  if (is_answered_) set_timeout_ms(limits_.body_window_ms);
  // What nobody will read gives its window back at once.
  if (!inner_takes_ || is_cancelled_) return owner_.frames().consumed(id_, bytes.size());
  waiting_ += bytes;
  request_grows_.set();
}

void Http2Exchange::on_body_end(http::Fields trailers) {
  trailers_ = std::move(trailers);
  request_ended_ = true;
  request_grows_.set();
}

awaitable<Io> Http2Exchange::send_piece(std::string_view piece, bool last) {
  Stream& stream = inner_->stream();
  if (request_.framing != Framing::kChunked) co_return co_await stream.write(piece);
  std::string framed;
  http::append_chunk(framed, piece);
  if (last) http::append_last_chunk(framed, trailers_);
  co_return co_await stream.write(framed);
}

awaitable<void> Http2Exchange::pump_request() {
  inner_takes_ = static_cast<bool>(co_await inner_->stream().write(request_.head));
  while (!request_sent_) {
    while (waiting_.empty() && !request_ended_ && !is_cancelled_) co_await request_grows_.wait();
    if (is_cancelled_) co_return;
    const std::string piece = std::exchange(waiting_, {});
    const bool last = request_ended_;
    if (inner_takes_) {
      const Io io = co_await send_piece(piece, last);
      inner_takes_ = static_cast<bool>(io);
    }
    owner_.frames().consumed(id_, piece.size());
    owner_.wake_writer();
    request_sent_ = last;
    shed_rest();
  }
}

// The answer is out, and nobody takes what is left of the request (RFC 9113 section 8.1).
void Http2Exchange::shed_rest() {
  if (is_answered_ && !request_ended_ && !inner_takes_) reset(Http2Code::kNoError);
}

void Http2Exchange::on_answered() {
  is_answered_ = true;
  set_timeout_ms(request_ended_ ? 0 : limits_.body_window_ms);
  shed_rest();
}

// ---- the answer

awaitable<bool> Http2Exchange::read_head(http::ResponseHead& head) {
  Buffer& buffer = inner_->buffer();
  std::size_t scanned = 0;
  for (;;) {
    const auto result = http::parse_response_head(buffer.view(), scanned, kOwnHeads, request_.method, head);
    if (result.kind == http::HeadResult::Kind::kRefused) co_return false;
    if (result.kind == http::HeadResult::Kind::kDone) {
      buffer.consume(result.consumed);
      co_return true;
    }
    const Io io = co_await inner_->stream().read_some(buffer.prepare());
    if (!io) co_return false;
    buffer.commit(io.bytes);
  }
}

awaitable<bool> Http2Exchange::pump_answer() {
  const bool whole = co_await relay_answer();
  if (whole) {
    answer_ended_ = true;
    owner_.frames().resume(id_);
    owner_.wake_writer();
    co_return stays_open_;
  }
  // The client sees all that came before it sees the break: half an answer is never taken for a whole one.
  while (answer_at_ < answer_.size() && !is_cancelled_) co_await answer_shrinks_.wait();
  reset(Http2Code::kInternal);
  co_return false;
}

awaitable<bool> Http2Exchange::relay_answer() {
  http::ResponseHead head;
  for (;;) {
    const bool got = co_await read_head(head);
    if (!got) co_return false;
    if (head.status >= 200) break;
    owner_.frames().interim(id_, http::http2_response(head));
    owner_.wake_writer();
  }
  const bool is_empty = head.framing == Framing::kLength && head.content_length == 0;
  const bool has_body = head.framing != Framing::kNone && !is_empty;
  stays_open_ = head.keep_alive && head.framing != Framing::kUntilClose;
  owner_.frames().respond(id_, http::http2_response(head), has_body);
  if (!has_body) co_return true;
  co_return co_await relay_body(head);
}

awaitable<bool> Http2Exchange::relay_body(const http::ResponseHead& head) {
  BodyReader reader(inner_->stream(), inner_->buffer(), head.framing, head.content_length);
  while (!reader.done()) {
    const BodyReader::Piece piece = co_await reader.next();
    if (piece.malformed != nullptr || !piece.io || is_cancelled_) co_return false;
    if (answer_at_ >= kMostWaiting) answer_.erase(0, std::exchange(answer_at_, 0));
    answer_ += piece.data;
    if (late_at_ms() == 0) set_timeout_ms(limits_.idle_timeout_ms);
    // The last piece waits for the end, so that one frame carries both; before it more may be long in coming.
    if (!piece.last) {
      owner_.frames().resume(id_);
      owner_.wake_writer();
    }
    while (answer_.size() - answer_at_ >= kMostWaiting && !is_cancelled_) co_await answer_shrinks_.wait();
  }
  co_await reader.next();  // consumes the last piece
  if (head.framing == Framing::kUntilClose && inner_->was_cut()) co_return false;
  answer_trailers_ = http::http2_trailers(reader.trailers());
  co_return true;
}

Http2Events::Supply Http2Exchange::supply(std::span<char> into) {
  Http2Events::Supply out;
  out.bytes = std::min(into.size(), answer_.size() - answer_at_);
  std::memcpy(into.data(), answer_.data() + answer_at_, out.bytes);
  answer_at_ += out.bytes;
  taken_ += out.bytes;
  const bool is_empty = answer_at_ == answer_.size();
  if (is_empty || taken_ >= kMostWaiting) {
    // As for HTTP/1.1: each stretch within the idle timeout, so that a byte a minute is not enough.
    set_timeout_ms(is_empty ? 0 : limits_.idle_timeout_ms);
    taken_ = 0;
  }
  if (is_empty) {
    answer_.clear();
    answer_at_ = 0;
    out.ended = answer_ended_;
    if (out.ended) out.trailers = std::move(answer_trailers_);
  }
  answer_shrinks_.set();
  return out;
}

// The end of a request may come, and end the stream, behind its answer: it still goes inwards, where the record waits.
void Http2Exchange::on_closed(Http2Code code) {
  is_closed_ = true;
  if (code != Http2Code::kNoError || !answer_ended_ || !request_ended_) return cancel();
  set_timeout_ms(0);
}

void Http2Exchange::cancel() {
  if (std::exchange(is_cancelled_, true)) return;
  set_timeout_ms(0);
  owner_.frames().consumed(id_, std::exchange(waiting_, {}).size());
  request_grows_.set();
  answer_shrinks_.set();
  const bool is_complete = answer_ended_ && request_sent_;
  if (inner_ != nullptr && !is_complete) inner_->stream().close();
}

}  // namespace cvr::net
