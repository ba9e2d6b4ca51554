// HTTP message values: what was said, without how it was framed.
//
// Field names keep the sender's case, order and repeats.  Strings are raw bytes as they stood on
// the wire (RFC 9110 section 5.5: obs-text passes in values).  These are plain values.  They may
// hold secrets: no formatter exists for them on purpose (see log_view in proxy/http/log_view.h).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cvr {

// How a body was framed: evidence, and the shape that replay imitates.
enum class Framing : std::uint8_t { kNone, kLength, kChunked, kUntilClose };

}  // namespace cvr

namespace cvr::http {

struct Field {
  std::string name;
  std::string value;
  bool operator==(const Field&) const = default;
};
using Fields = std::vector<Field>;

enum class Scheme : std::uint8_t { kHttp, kHttps };

std::string_view to_string(Scheme scheme);  // "http", "https"
std::uint16_t default_port(Scheme scheme);  // 80, 443
// Whether a request of this method changes nothing (RFC 9110 section 9.2.1): GET HEAD OPTIONS TRACE.
bool is_safe(std::string_view method);

// Where a request is meant to go.  `host` is lower case, without brackets for IPv6 literals.
struct Origin {
  Scheme scheme = Scheme::kHttps;
  std::string host;
  std::uint16_t port = 443;
  bool operator==(const Origin&) const = default;
};
std::string to_string(const Origin& origin);  // "https://host", ":port" only when not the default

struct Request {
  std::string method;
  Origin origin;
  std::string path = "/";  // as sent, percent-encoding untouched; "*" for OPTIONS *
  std::string query;       // without '?'
  bool has_query = false;  // "/a?" and "/a" are told apart
  int minor_version = 1;   // HTTP/1.x
  Fields fields;
  std::string body;  // transfer coding removed, content coding not
  Fields trailers;
};

struct Response {
  int status = 200;
  std::string reason;
  int minor_version = 1;
  Fields fields;
  std::string body;  // transfer coding removed, content coding not
  Fields trailers;
};

// Field lookup, names compared without case (ASCII).  nullptr / empty when absent; first wins.
const Field* find(const Fields& fields, std::string_view name);
std::string_view value_of(const Fields& fields, std::string_view name);
bool equals_ignoring_case(std::string_view a, std::string_view b);
std::string to_lower(std::string_view text);

// The target as it would stand in origin-form: path, and '?' query when has_query.
std::string target_of(const Request& request);
// "https://host/path?query"
std::string url_of(const Request& request);

}  // namespace cvr::http
