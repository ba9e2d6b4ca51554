// The server's side of HTTP/2 framing (RFC 9113): bytes in, events out, and bytes to send.  No I/O and
// no clock; nghttp2 stands behind it, and behind it alone.
//
// One thread at a time.  Events are told within `receive` and `collect`; the other methods may be called from them.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "http/http2_request.h"

namespace cvr::net {

using Http2Id = std::int32_t;

// RFC 9113 section 7.
enum class Http2Code : std::uint32_t {
  kNoError = 0,
  kProtocol = 1,
  kInternal = 2,
  kRefused = 7,
  kCancel = 8,
  kCalm = 11
};

class Http2Events {
 public:
  virtual ~Http2Events() = default;
  virtual void on_request(Http2Id id, const http::Http2Block& head, bool ends) = 0;
  // Counts against the client's window until Http2Frames::consumed.
  virtual void on_body(Http2Id id, std::string_view bytes) = 0;
  virtual void on_body_end(Http2Id id, http::Fields trailers) = 0;
  virtual void on_answered(Http2Id id) = 0;  // all of the answer goes out with what was collected last
  // The last event of this id; it comes for malformed requests too, which were not told.  `code` is that of
  // the RST_STREAM that ended it, of either side; Http2Code::kNoError without one.
  virtual void on_closed(Http2Id id, Http2Code code) = 0;

  // More of an answer's body, as much as `into` holds.  No bytes and no end: wait for Http2Frames::resume.
  struct Supply {
    std::size_t bytes = 0;
    bool ended = false;
    http::Fields trailers;  // with `ended`
  };
  virtual Supply supply(Http2Id id, std::span<char> into) = 0;
};

class Http2Frames {
 public:
  static constexpr std::uint32_t kMostStreams = 100;
  static constexpr std::size_t kMostPending = 64 * 1024;  // of what `collect` hands out at once, about

  explicit Http2Frames(Http2Events& events);
  ~Http2Frames();
  Http2Frames(const Http2Frames&) = delete;
  Http2Frames& operator=(const Http2Frames&) = delete;

  // False: the connection is over, and what is collected from now on says why.  `now_ms`: of a clock that
  // only goes forward, for what is counted by time.
  bool receive(std::string_view bytes, std::int64_t now_ms);
  // Appends what is to be sent.
  void collect(std::string& out);
  // Neither side has anything left to say.
  bool is_over() const;
  // Empty, or what the client did to have the connection ended.
  const char* problem() const;

  void interim(Http2Id id, const http::Fields& fields);
  void respond(Http2Id id, const http::Fields& fields, bool has_body);
  void resume(Http2Id id);
  void consumed(Http2Id id, std::size_t bytes);
  void reset(Http2Id id, Http2Code code);
  // No new streams; those that run go on.
  void go_away();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace cvr::net
