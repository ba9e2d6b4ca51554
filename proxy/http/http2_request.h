// A request as HTTP/2 carries it, put into an HTTP/1.1 head (RFC 9113 section 8).  What that could not
// say with one reading is refused here; the gate (http/head) reads the result as it reads any other.  Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "http/head.h"

namespace cvr::http {

// The fields of one header block, within the gate's limits.
class Http2Block {
 public:
  explicit Http2Block(const HeadLimits& limits = {}) : limits_(limits) {}
  void clear();
  // False: so far beyond the limits (4 times) that the connection is not worth decoding on.
  bool add(std::string_view name, std::string_view value);
  void set_malformed() { is_malformed_ = true; }

  const Fields& fields() const { return fields_; }
  const HeadLimits& limits() const { return limits_; }
  bool is_too_large() const { return is_too_large_; }
  bool is_malformed() const { return is_malformed_; }

 private:
  HeadLimits limits_;
  Fields fields_;
  std::size_t bytes_ = 0;  // of names and values
  std::size_t count_ = 0;
  bool is_too_large_ = false;
  bool is_malformed_ = false;
};

struct Http2Request {
  std::string head;  // HTTP/1.1, with its empty line
  std::string method;
  Framing framing = Framing::kNone;  // kNone, kLength or kChunked
  int status = 0;                    // not 0: refused, to be answered with this
  const char* why = "";              // static text without payload
};

// `ends`: no body follows.
Http2Request read_http2_request(const Http2Block& block, bool ends);

// Nothing: they are refused.
std::optional<Fields> read_http2_trailers(const Http2Block& block);

}  // namespace cvr::http
