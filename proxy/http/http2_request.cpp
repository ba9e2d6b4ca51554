#include "http/http2_request.h"

#include <algorithm>
#include <utility>

#include "http/characters.h"
#include "http/framing.h"
#include "http/serialise.h"

namespace cvr::http {
namespace {

// RFC 9113 section 8.2.2: what belongs to an HTTP/1.1 connection has no meaning here.
bool is_connection_field(std::string_view name) {
  return name == "connection" || name == "keep-alive" || name == "proxy-connection" || name == "transfer-encoding" ||
         name == "upgrade" || name == "http2-settings";
}

bool is_blank(char c) { return c == ' ' || c == '\t'; }

// RFC 9113 section 8.2.1.  A CR or LF would be a line of the HTTP/1.1 head.
const char* field_problem(std::string_view name, std::string_view value) {
  if (!is_token(name)) return "a header name with a character that is not allowed";
  if (std::ranges::any_of(name, [](char c) { return c >= 'A' && c <= 'Z'; })) return "a header name in upper case";
  if (end_of_value(value, 0) != value.size()) return "a control character in a header value";
  if (!value.empty() && (is_blank(value.front()) || is_blank(value.back()))) return "white space around a header value";
  return nullptr;
}

struct Pseudo {
  std::optional<std::string_view> method, scheme, authority, path;

  std::optional<std::string_view>* find(std::string_view name) {
    if (name == ":method") return &method;
    if (name == ":scheme") return &scheme;
    if (name == ":authority") return &authority;
    return name == ":path" ? &path : nullptr;
  }
};

// The default port is the same as none (RFC 9110 section 4.2.3).
std::string_view without_port(std::string_view authority) {
  constexpr std::string_view kDefault = ":443";
  if (authority.ends_with(kDefault)) authority.remove_suffix(kDefault.size());
  return authority;
}

class Reading {
 public:
  Reading(const Http2Block& block, bool ends) : block_(block), ends_(ends) {}

  Http2Request read() {
    if (block_.is_too_large()) return refused(431, "a head over the limits of 64 KiB and 256 fields");
    if (block_.is_malformed()) return refused(400, "a header field that HTTP/2 does not allow");
    for (const Field& field : block_.fields()) {
      if (const char* why = take(field)) return refused(400, why);
    }
    int status = 400;
    if (const char* why = check(status)) return refused(status, why);
    return write();
  }

 private:
  static Http2Request refused(int status, const char* why) {
    Http2Request request;
    request.status = status;
    request.why = why;
    return request;
  }

  const char* take(const Field& field) {
    if (field.name.starts_with(':')) return take_pseudo(field);
    seen_regular_ = true;
    if (const char* why = field_problem(field.name, field.value)) return why;
    if (is_connection_field(field.name)) return "a header field that belongs to an HTTP/1.1 connection";
    if (field.name == "te")
      return equals_ignoring_case(field.value, "trailers") ? nullptr : "a TE field other than trailers";
    if (field.name == "host") {
      if (host_) return "two Host fields";
      host_ = field.value;
      return nullptr;
    }
    if (field.name == "content-length") {
      if (length_) return "two Content-Length fields";
      length_ = field.value;
    }
    // RFC 9113 section 8.2.3: a cookie may come in pieces; HTTP/1.1 has one field.
    if (field.name == "cookie") {
      if (has_cookie_) cookie_ += "; ";
      has_cookie_ = true;
      cookie_ += field.value;
    }
    return nullptr;
  }

  const char* take_pseudo(const Field& field) {
    if (seen_regular_) return "a pseudo-header behind a header field";
    auto* place = pseudo_.find(field.name);
    if (place == nullptr) return "a pseudo-header that no request has";
    if (*place) return "a pseudo-header twice";
    *place = field.value;
    return nullptr;
  }

  const char* check(int& status) const {
    if (!pseudo_.method || !is_token(*pseudo_.method)) return "no method";
    if (*pseudo_.method == "CONNECT") return "CONNECT inside a tunnel or at a reverse listener";
    if (!equals_ignoring_case(pseudo_.scheme.value_or(""), "https")) return "a scheme other than https inside TLS";
    const std::string_view path = pseudo_.path.value_or("");
    if (path.size() > block_.limits().target_bytes) {
      status = 414;
      return "a request target over the limit of 16 KiB";
    }
    if (!path.starts_with('/') && (path != "*" || *pseudo_.method != "OPTIONS")) return "no path";
    if (!std::ranges::all_of(path, is_target_character)) return "a character in the request target that is not allowed";
    const std::string_view authority = pseudo_.authority ? *pseudo_.authority : host_.value_or("");
    if (authority.empty() || !std::ranges::all_of(authority, is_target_character)) return "no authority";
    if (host_ && !equals_ignoring_case(without_port(*host_), without_port(authority)))
      return ":authority and Host disagree";
    if (!length_) return nullptr;
    const bool is_number = !length_->empty() && length_->size() <= 19 &&
                           std::ranges::all_of(*length_, [](char c) { return c >= '0' && c <= '9'; });
    if (!is_number) return "a Content-Length that is no number";
    const bool is_zero = std::ranges::all_of(*length_, [](char c) { return c == '0'; });
    return ends_ && !is_zero ? "a Content-Length without a body" : nullptr;
  }

  Http2Request write() const {
    Http2Request request;
    request.method = *pseudo_.method;
    std::string& out = request.head;
    out = request.method + ' ' + std::string(*pseudo_.path) + " HTTP/1.1\r\n";
    append_field(out, "host", pseudo_.authority ? *pseudo_.authority : *host_);
    bool cookie_written = false;
    for (const Field& field : block_.fields()) {
      if (field.name.starts_with(':') || field.name == "host" || field.name == "te") continue;
      if (field.name != "cookie") {
        append_field(out, field.name, field.value);
      } else if (!std::exchange(cookie_written, true)) {
        append_field(out, field.name, cookie_);
      }
    }
    if (length_) {
      request.framing = Framing::kLength;
    } else if (!ends_) {
      request.framing = Framing::kChunked;
      append_field(out, "transfer-encoding", "chunked");
    } else if (request.method == "POST" || request.method == "PUT" || request.method == "PATCH") {
      append_field(out, "content-length", "0");  // RFC 9110 section 8.6
      request.framing = Framing::kLength;
    }
    out += "\r\n";
    return request;
  }

  const Http2Block& block_;
  bool ends_;
  Pseudo pseudo_;
  std::optional<std::string_view> host_, length_;
  std::string cookie_;
  bool has_cookie_ = false;
  bool seen_regular_ = false;
};

}  // namespace

void Http2Block::clear() {
  fields_.clear();
  bytes_ = count_ = 0;
  is_too_large_ = is_malformed_ = false;
}

bool Http2Block::add(std::string_view name, std::string_view value) {
  bytes_ += name.size() + value.size();
  ++count_;
  if (bytes_ > limits_.head_bytes || count_ > limits_.fields) {
    is_too_large_ = true;
    fields_.clear();
    return bytes_ <= 4 * limits_.head_bytes && count_ <= 4 * limits_.fields;
  }
  fields_.push_back({std::string(name), std::string(value)});
  return true;
}

Http2Request read_http2_request(const Http2Block& block, bool ends) { return Reading(block, ends).read(); }

std::optional<Fields> read_http2_trailers(const Http2Block& block) {
  if (block.is_too_large() || block.is_malformed()) return std::nullopt;
  for (const Field& field : block.fields()) {
    if (field_problem(field.name, field.value) != nullptr || is_framing_name(field.name) ||
        is_disguised_framing_name(field.name) || is_hop_by_hop(field.name)) {
      return std::nullopt;
    }
  }
  return block.fields();
}

}  // namespace cvr::http
