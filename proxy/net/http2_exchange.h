// One stream of an HTTP/2 connection: its request goes into an inner HTTP/1.1 connection, the answer comes
// back from there, both as they arrive.  Neither way holds more than a window: DATA that the inner connection
// has not taken is not acknowledged, an answer that the client does not take is not read.
//
// Owned by its Http2Connection and by its own coroutine.  One thread at a time.
#pragma once

#include <optional>

#include "net/http2_frames.h"
#include "net/inner_connection.h"
#include "net/signal.h"

namespace cvr::net {

class Http2Exchange : private Sweepable {
 public:
  // What it needs of its connection.
  class Owner {
   public:
    virtual ~Owner() = default;
    virtual Http2Frames& frames() = 0;
    virtual void wake_writer() = 0;
    virtual void give_back(std::unique_ptr<InnerConnection> inner) = 0;
  };

  // `ends`: the request has no body.
  Http2Exchange(Owner& owner, Shard& shard, Http2Id id, http::Http2Request request, bool ends)
      : Sweepable(shard.sweeper),
        owner_(owner),
        limits_(shard.context.options.limits),
        id_(id),
        request_(std::move(request)),
        request_ended_(ends),
        request_grows_(shard.io),
        answer_shrinks_(shard.io) {}

  // Both ways, until both have ended; owner and exchange live as long.
  awaitable<void> run(std::unique_ptr<InnerConnection> inner);
  // An answer of CVR's own instead.
  void refuse(const http::Response& response);

  // Events of Http2Frames.
  void on_body(std::string_view bytes);
  void on_body_end(http::Fields trailers);
  void on_answered();
  Http2Events::Supply supply(std::span<char> into);
  void on_closed(Http2Code code);
  // The connection has ended: what is not complete breaks off.
  void cancel();

 private:
  void on_late() override;
  awaitable<void> pump_request();
  awaitable<Io> send_piece(std::string_view piece, bool last);
  awaitable<bool> pump_answer();  // whether the inner connection may carry another request
  awaitable<bool> relay_answer();
  awaitable<bool> read_head(http::ResponseHead& head);
  awaitable<bool> relay_body(const http::ResponseHead& head);
  void shed_rest();
  void reset(Http2Code code);

  Owner& owner_;
  const ProxyLimits& limits_;
  const Http2Id id_;
  http::Http2Request request_;
  std::unique_ptr<InnerConnection> inner_;

  std::string waiting_;  // of the request's body
  http::Fields trailers_;
  bool request_ended_;         // by the client
  bool request_sent_ = false;  // into the inner connection
  bool inner_takes_ = false;   // it still reads
  Signal request_grows_;

  std::string answer_;  // of the answer's body, from answer_at_ on
  std::size_t answer_at_ = 0;
  std::size_t taken_ = 0;  // by the client, since the deadline was set
  http::Fields answer_trailers_;
  bool answer_ended_ = false;  // and was whole
  bool is_answered_ = false;   // and all of it has been sent
  bool stays_open_ = false;    // the inner connection, behind this answer
  Signal answer_shrinks_;

  bool is_closed_ = false;  // the stream; the end of its request may still be on its way inwards
  bool is_cancelled_ = false;
};

}  // namespace cvr::net
