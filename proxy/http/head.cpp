#include "http/head.h"

#include <cstring>

#include "http/characters.h"
#include "http/framing.h"

namespace cvr::http {
namespace {

HeadResult refused(int status, const char* why) { return {HeadResult::Kind::kRefused, 0, status, why}; }
HeadResult need_more() { return {}; }
HeadResult done(std::size_t consumed) { return {HeadResult::Kind::kDone, consumed, 0, ""}; }

// Finds the end of a head: the index behind "\n\r\n".  Everything before `scanned` was looked at by
// an earlier call.  `lone` is set when a line ends in LF without CR before that; npos then too.
std::size_t find_end(std::string_view buffer, std::size_t scanned, bool& lone) {
  std::size_t at = scanned > 2 ? scanned - 2 : 0;
  while (at < buffer.size()) {
    const void* found = std::memchr(buffer.data() + at, '\n', buffer.size() - at);
    if (found == nullptr) break;
    at = static_cast<std::size_t>(static_cast<const char*>(found) - buffer.data());
    if (at == 0 || buffer[at - 1] != '\r') {
      lone = true;
      break;
    }
    if (at + 2 < buffer.size() && buffer[at + 1] == '\r' && buffer[at + 2] == '\n') return at + 3;
    ++at;
  }
  return std::string_view::npos;
}

// What an unfinished head must not hold: waiting for more would only delay the refusal.
const char* unfinished_problem(std::string_view buffer, std::size_t from) {
  for (std::size_t i = from; i < buffer.size(); ++i) {
    const char c = buffer[i];
    if (c == '\r' && i + 1 < buffer.size() && buffer[i + 1] != '\n') return "a CR stands alone";
    if (!is_value_character(c) && c != '\r' && c != '\n') return "a control character";
  }
  return nullptr;
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// Splits the field lines of `block`, which ends in the last field's CRLF (or is empty).
const char* parse_fields(std::string_view block, std::size_t limit, std::vector<FieldView>& fields, int& status) {
  status = 400;
  fields.clear();
  while (!block.empty()) {
    if (fields.size() == limit) {
      status = 431;
      return "more header fields than the limit of 256";
    }
    std::size_t colon = 0;
    while (colon < block.size() && is_token_character(block[colon])) ++colon;
    if (colon == block.size() || block[colon] != ':' || colon == 0) {
      if (colon == 0 && (block[0] == ' ' || block[0] == '\t')) return "a folded header line";
      if (colon < block.size() && (block[colon] == ' ' || block[colon] == '\t')) return "white space before a colon";
      return "a header name with a character that is not allowed";
    }
    const std::size_t end = end_of_value(block, colon + 1);
    if (block.substr(end, 2) != "\r\n") {
      return end < block.size() && (block[end] == '\r' || block[end] == '\n') ? "a line break that is not CR LF"
                                                                              : "a control character in a header value";
    }
    fields.push_back({block.substr(0, colon), trim(block.substr(colon + 1, end - colon - 1))});
    block.remove_prefix(end + 2);
  }
  return nullptr;
}

const char* parse_version(std::string_view text, int& minor, int& status) {
  status = 400;
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (text.size() != 8 || !text.starts_with("HTTP/") || !is_digit(text[5]) || text[6] != '.' || !is_digit(text[7])) {
    return "no HTTP version";
  }
  if (text[5] != '1' || (text[7] != '0' && text[7] != '1')) {
    return "an HTTP version other than 1.0 and 1.1";
  }
  minor = text[7] - '0';
  return nullptr;
}

const char* parse_request_line(std::string_view line, const HeadLimits& limits, RequestHead& head, int& status) {
  if (line == "PRI * HTTP/2.0") {  // RFC 9113 section 3.4
    status = 505;
    return "HTTP/2 that was not chosen by ALPN in TLS; speak HTTP/1.1 here";
  }
  status = 400;
  const std::size_t first = line.find(' ');
  if (first == std::string_view::npos || !is_token(line.substr(0, first))) return "no method";
  const std::size_t last = line.rfind(' ');
  if (last == first) return "no HTTP version";
  head.method = line.substr(0, first);
  head.target = line.substr(first + 1, last - first - 1);
  if (head.target.size() > limits.target_bytes) {
    status = 414;
    return "a request target over the limit of 16 KiB";
  }
  if (head.target.empty()) return "an empty request target";
  for (const char c : head.target) {
    if (!is_target_character(c)) return "a character in the request target that is not allowed";
  }
  if (const char* why = parse_version(line.substr(last + 1), head.minor_version, status)) return why;
  // RFC 9112 section 3.2.4: the asterisk is for OPTIONS alone.
  return head.target == "*" && head.method != "OPTIONS" ? "the target * with another method than OPTIONS" : nullptr;
}

const char* parse_status_line(std::string_view line, ResponseHead& head) {
  int ignored = 0;
  if (const char* why = parse_version(line.substr(0, 8), head.minor_version, ignored)) return why;
  if (line.size() < 12 || line[8] != ' ') return "no status code";
  head.status = 0;
  for (const char c : line.substr(9, 3)) {
    if (c < '0' || c > '9') return "no status code";
    head.status = head.status * 10 + (c - '0');
  }
  if (head.status < 100 || (line.size() > 12 && line[12] != ' ')) return "no status code";
  head.reason = line.size() > 12 ? line.substr(13) : std::string_view();
  if (end_of_value(head.reason, 0) != head.reason.size()) return "a control character in the reason phrase";
  return nullptr;
}

// Locates the head in the buffer: its first line and its field block (each with its CR LF at the
// end, the block may be empty).  Answers kDone with `consumed`, or why not.
struct Place {
  HeadResult result;
  std::string_view line;  // without its CR LF
  std::string_view block;
  bool line_is_new = false;  // kNeedMore: `line` is complete since this call
};

Place locate(std::string_view buffer, std::size_t& scanned, const HeadLimits& limits) {
  Place place;
  bool lone = false;
  const std::size_t end = find_end(buffer, scanned, lone);
  if (end == std::string_view::npos ? buffer.size() > limits.head_bytes : end > limits.head_bytes) {
    place.result = refused(431, "a head over the limit of 64 KiB");
    return place;
  }
  if (lone) {
    place.result = refused(400, "a line ends in LF without CR");
    return place;
  }
  if (end == std::string_view::npos) {
    if (const char* why = unfinished_problem(buffer, scanned > 0 ? scanned - 1 : 0)) {
      place.result = refused(400, why);
      return place;
    }
    const std::size_t line_end = buffer.substr(scanned).contains('\n') ? buffer.find('\n') : std::string_view::npos;
    if (line_end != std::string_view::npos && line_end >= scanned) {
      place.line = buffer.substr(0, line_end - 1);
      place.line_is_new = true;
    }
    scanned = buffer.size();
    return place;
  }
  const std::size_t line_end = buffer.find('\n');  // there is one, and a CR before it
  place.line = buffer.substr(0, line_end - 1);
  place.block = buffer.substr(line_end + 1, end - 2 - (line_end + 1));
  place.result = done(end);
  return place;
}

// True when no line ends where the longest request line must have ended.
bool is_line_too_long(std::string_view buffer, const HeadLimits& limits) {
  const std::size_t longest = limits.target_bytes + 32;  // method and version
  return buffer.size() > longest && !buffer.substr(0, longest).contains('\n');
}

}  // namespace

HeadResult parse_request_head(std::string_view buffer, std::size_t& scanned, const HeadLimits& limits,
                              RequestHead& head) {
  // RFC 9112 section 2.2: one empty line before the request line is ignored.
  const std::size_t skipped = buffer.starts_with("\r\n") ? 2 : 0;
  if (skipped == 2) {
    buffer.remove_prefix(2);
    scanned = scanned > 2 ? scanned - 2 : 0;
  }
  if (!buffer.empty() && !is_token_character(buffer[0]) && (skipped == 2 || buffer[0] != '\r')) {
    return refused(400, skipped == 2 && buffer[0] == '\r' ? "more than one empty line before the request line"
                                                          : "bytes that do not begin a request");
  }
  if (is_line_too_long(buffer, limits)) return refused(414, "a request target over the limit of 16 KiB");
  Place place = locate(buffer, scanned, limits);
  int status = 400;
  if (place.result.kind == HeadResult::Kind::kNeedMore) {
    scanned += skipped;
    if (!place.line_is_new) return place.result;
  } else if (place.result.kind == HeadResult::Kind::kRefused) {
    return place.result;
  }
  if (const char* why = parse_request_line(place.line, limits, head, status)) return refused(status, why);
  if (place.result.kind == HeadResult::Kind::kNeedMore) return place.result;
  if (const char* why = parse_fields(place.block, limits.fields, head.fields, status)) return refused(status, why);
  if (const char* why = frame_request(head, status)) return refused(status, why);
  place.result.consumed += skipped;
  return place.result;
}

HeadResult parse_response_head(std::string_view buffer, std::size_t& scanned, const HeadLimits& limits,
                               std::string_view method, ResponseHead& head) {
  constexpr std::string_view kBegin = "HTTP/";
  if (!kBegin.starts_with(buffer.substr(0, kBegin.size()))) {
    return refused(502, "the answer does not begin with HTTP/");
  }
  Place place = locate(buffer, scanned, limits);
  if (place.result.kind == HeadResult::Kind::kRefused) return refused(502, place.result.why);
  const bool whole = place.result.kind == HeadResult::Kind::kDone;
  int status = 502;
  if (whole || place.line_is_new) {
    if (const char* why = parse_status_line(place.line, head)) return refused(502, why);
  }
  if (!whole) return place.result;
  if (const char* why = parse_fields(place.block, limits.fields, head.fields, status)) return refused(502, why);
  if (const char* why = frame_response(head, method)) return refused(502, why);
  return place.result;
}

HeadResult parse_trailers(std::string_view buffer, const HeadLimits& limits, std::vector<FieldView>& fields) {
  std::size_t scanned = 0;
  return parse_trailers(buffer, scanned, limits, fields);
}

HeadResult parse_trailers(std::string_view buffer, std::size_t& scanned, const HeadLimits& limits,
                          std::vector<FieldView>& fields) {
  bool lone = false;
  const std::size_t end = buffer.starts_with("\r\n") ? 2 : find_end(buffer, scanned, lone);
  if (end == std::string_view::npos ? buffer.size() > limits.head_bytes : end > limits.head_bytes) {
    return refused(431, "trailers over the limit of 64 KiB");
  }
  if (lone) return refused(400, "a line ends in LF without CR");
  if (end == std::string_view::npos) {
    if (const char* why = unfinished_problem(buffer, scanned > 0 ? scanned - 1 : 0)) return refused(400, why);
    scanned = buffer.size();
    return need_more();
  }
  int status = 400;
  if (const char* why = parse_fields(buffer.substr(0, end - 2), limits.fields, fields, status)) {
    return refused(status, why);
  }
  for (const FieldView& field : fields) {
    if (is_framing_name(field.name) || is_disguised_framing_name(field.name)) {
      return refused(400, "a framing field in the trailers");
    }
  }
  return done(end);
}

bool is_hop_by_hop(std::string_view name) {
  switch (name.size()) {
    case 2:
      return equals_ignoring_case(name, "te");
    case 7:
      return equals_ignoring_case(name, "upgrade");
    case 10:
      return equals_ignoring_case(name, "connection") || equals_ignoring_case(name, "keep-alive");
    case 14:
      return equals_ignoring_case(name, "http2-settings");
    case 16:
      return equals_ignoring_case(name, "proxy-connection");
    case 17:
      return equals_ignoring_case(name, "transfer-encoding");
    case 18:
      return equals_ignoring_case(name, "proxy-authenticate");
    case 19:
      return equals_ignoring_case(name, "proxy-authorization");
    case 25:
      return equals_ignoring_case(name, "proxy-authentication-info");
    default:
      return false;
  }
}

bool list_contains(std::string_view value, std::string_view token) {
  while (!value.empty()) {
    const std::size_t comma = value.find(',');
    if (!token.empty() && equals_ignoring_case(trim(value.substr(0, comma)), token)) return true;
    if (comma == std::string_view::npos) return false;
    value.remove_prefix(comma + 1);
  }
  return false;
}

Fields to_fields(const std::vector<FieldView>& views) {
  Fields fields;
  fields.reserve(views.size());
  for (const FieldView& view : views) fields.push_back({std::string(view.name), std::string(view.value)});
  return fields;
}

}  // namespace cvr::http
