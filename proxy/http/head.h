// The gate and the parser of message heads, in one pass: what is accepted has exactly one reading.
// HOUSE "a strict gate before the parser"; RFC 9112 sections 2-6, RFC 9110 section 5; SAFETY T01-T04.
//
// Heads are views into the caller's buffer: valid until the buffer changes.  A head object may be
// used again and again; its field vector keeps its capacity.  Pure; one thread at a time per object.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "cvr/http.h"

namespace cvr::http {

struct FieldView {
  std::string_view name;
  std::string_view value;  // without surrounding white space
};

struct HeadLimits {
  std::size_t head_bytes = 64 * 1024;    // 431 beyond
  std::size_t fields = 256;              // 431 beyond
  std::size_t target_bytes = 16 * 1024;  // 414 beyond
};

struct RequestHead {
  std::string_view method;
  std::string_view target;
  int minor_version = 1;
  std::vector<FieldView> fields;
  std::string_view host;             // value of Host; empty when absent (HTTP/1.0)
  Framing framing = Framing::kNone;  // kNone, kLength or kChunked
  std::uint64_t content_length = 0;
  bool keep_alive = true;  // by version and Connection / Proxy-Connection
  bool expects_continue = false;
  bool wants_upgrade = false;  // an Upgrade field beside "Connection: upgrade"
};

struct ResponseHead {
  int status = 0;
  std::string_view reason;
  int minor_version = 1;
  std::vector<FieldView> fields;
  Framing framing = Framing::kNone;
  std::uint64_t content_length = 0;
  bool keep_alive = true;
};

// The answer of a parse.
struct HeadResult {
  enum class Kind : std::uint8_t { kNeedMore, kDone, kRefused };
  Kind kind = Kind::kNeedMore;
  std::size_t consumed = 0;  // kDone: bytes of the head with its empty line
  int status = 400;          // kRefused: what to answer (requests)
  const char* why = "";      // kRefused: for people, static text without payload
};

// `scanned`: how many bytes of `buffer` an earlier call has seen (0 at first); updated.  It makes
// a head that arrives byte by byte cost no more than one that arrives whole.  The earlier bytes must
// be the same.  What can be refused before the head is whole is refused at once: a first byte that
// begins no message, a bad first line, control characters, line breaks other than CR LF, sizes.
HeadResult parse_request_head(std::string_view buffer, std::size_t& scanned, const HeadLimits& limits,
                              RequestHead& head);

// `method`: of the request (HEAD and CONNECT change the framing).
HeadResult parse_response_head(std::string_view buffer, std::size_t& scanned, const HeadLimits& limits,
                               std::string_view method, ResponseHead& head);

// Parses field lines up to and with the empty line (trailers).  Framing names are refused in them.
HeadResult parse_trailers(std::string_view buffer, const HeadLimits& limits, std::vector<FieldView>& fields);
HeadResult parse_trailers(std::string_view buffer, std::size_t& scanned, const HeadLimits& limits,
                          std::vector<FieldView>& fields);

// Connection, Keep-Alive, Proxy-*, TE, Transfer-Encoding, Upgrade, HTTP2-Settings: belong to one
// connection and are never passed on (RFC 9110 sections 7.6.1 and 11.7, RFC 9113 section 3.1).
// `Trailer` is no such field since RFC 9110 (section 6.6.2): trailers are passed on, so it is too.
// What Connection itself names is told by http/connection_fields.h.
bool is_hop_by_hop(std::string_view name);

// True when the comma-separated list `value` holds `token` (no case).
bool list_contains(std::string_view value, std::string_view token);

Fields to_fields(const std::vector<FieldView>& views);

}  // namespace cvr::http
