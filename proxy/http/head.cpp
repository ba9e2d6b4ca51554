#include "http/head.h"

#include <cstring>

#include "http/characters.h"
#include "http/framing.h"

namespace cvr::http {
namespace {

HeadResult refused(int status, const char* why) { return {HeadResult::Kind::kRefused, 0, status, why}; }
HeadResult need_more() { return {}; }
HeadResult done(std::size_t consumed) { return {HeadResult::Kind::kDone, consumed, 0, ""}; }

// Finds the end of a head ("\r\n\r\n") at or after `from`; npos when it is not there yet.
std::size_t find_end(std::string_view buffer, std::size_t from) {
  const std::size_t start = from < 3 ? 0 : from - 3;
  const void* found = ::memmem(buffer.data() + start, buffer.size() - start, "\r\n\r\n", 4);
  if (found == nullptr) return std::string_view::npos;
  return static_cast<std::size_t>(static_cast<const char*>(found) - buffer.data()) + 4;
}

// What an unfinished head must not hold: waiting for more would only delay the refusal.
const char* unfinished_problem(std::string_view buffer, std::size_t from) {
  for (std::size_t i = from; i < buffer.size(); ++i) {
    const char c = buffer[i];
    if (c == '\n' && (i == 0 || buffer[i - 1] != '\r')) return "a line ends in LF without CR";
    if (c == '\r' && i + 1 < buffer.size() && buffer[i + 1] != '\n') return "a CR stands alone";
    if (static_cast<std::uint8_t>(c) < 0x20 && c != '\t' && c != '\r' && c != '\n') return "a control character";
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
    std::size_t end = colon + 1;
    while (end < block.size() && is_value_character(block[end])) ++end;
    if (block.substr(end, 2) != "\r\n") {
      return end < block.size() && (block[end] == '\r' || block[end] == '\n')
                 ? "a line break that is not CR LF"
                 : "a control character in a header value";
    }
    fields.push_back({block.substr(0, colon), trim(block.substr(colon + 1, end - colon - 1))});
    block.remove_prefix(end + 2);
  }
  return nullptr;
}

const char* parse_version(std::string_view text, int& minor, int& status) {
  status = 400;
  if (text.size() != 8 || !text.starts_with("HTTP/") || text[6] != '.') return "no HTTP version";
  if (text[5] != '1' || (text[7] != '0' && text[7] != '1')) {
    status = 505;
    return "an HTTP version other than 1.0 and 1.1";
  }
  minor = text[7] - '0';
  return nullptr;
}

const char* parse_request_line(std::string_view line, const HeadLimits& limits, RequestHead& head, int& status) {
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
    if (c <= 0x20 || c == 0x7f) return "a character in the request target that is not allowed";
    if (static_cast<std::uint8_t>(c) > 0x7f) return "a byte over 0x7f in the request target";
  }
  return parse_version(line.substr(last + 1), head.minor_version, status);
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
  for (const char c : head.reason) {
    if (!is_value_character(c)) return "a control character in the reason phrase";
  }
  return nullptr;
}

// Locates the head in the buffer: line and field block.  Answers kDone with `consumed` or why not.
HeadResult locate(std::string_view buffer, std::size_t& scanned, const HeadLimits& limits, std::string_view& line,
                  std::string_view& block) {
  const std::size_t end = find_end(buffer, scanned);
  if (end == std::string_view::npos) {
    if (buffer.size() > limits.head_bytes) return refused(431, "a head over the limit of 64 KiB");
    if (const char* why = unfinished_problem(buffer, scanned > 0 ? scanned - 1 : 0)) return refused(400, why);
    scanned = buffer.size();
    return need_more();
  }
  if (end > limits.head_bytes) return refused(431, "a head over the limit of 64 KiB");
  const std::string_view head = buffer.substr(0, end - 2);  // without the empty line
  const std::size_t line_end = head.find("\r\n");
  line = head.substr(0, line_end);
  block = head.substr(line_end + 2);
  if (line.find('\n') != std::string_view::npos) return refused(400, "a line ends in LF without CR");
  return done(end);
}

}  // namespace

HeadResult parse_request_head(std::string_view buffer, std::size_t& scanned, const HeadLimits& limits,
                              RequestHead& head) {
  // RFC 9112 section 2.2: one empty line before the request line is ignored.
  const std::size_t skipped = buffer.starts_with("\r\n") ? 2 : 0;
  if (skipped == 2) {
    buffer.remove_prefix(2);
    if (scanned > 0) scanned = scanned > 2 ? scanned - 2 : 0;
    if (buffer.starts_with("\r\n")) return refused(400, "more than one empty line before the request line");
  }
  std::string_view line;
  std::string_view block;
  HeadResult result = locate(buffer, scanned, limits, line, block);
  if (result.kind == HeadResult::Kind::kNeedMore) {
    // An overlong target is refused with its own status although the head is not complete.
    if (buffer.size() > limits.target_bytes + 32 && buffer.find("\r\n") == std::string_view::npos) {
      return refused(414, "a request target over the limit of 16 KiB");
    }
    scanned += skipped;
  }
  if (result.kind != HeadResult::Kind::kDone) return result;
  int status = 400;
  if (const char* why = parse_request_line(line, limits, head, status)) return refused(status, why);
  if (const char* why = parse_fields(block, limits.fields, head.fields, status)) return refused(status, why);
  if (const char* why = frame_request(head, status)) return refused(status, why);
  result.consumed += skipped;
  return result;
}

HeadResult parse_response_head(std::string_view buffer, std::size_t& scanned, const HeadLimits& limits,
                               std::string_view method, ResponseHead& head) {
  std::string_view line;
  std::string_view block;
  HeadResult result = locate(buffer, scanned, limits, line, block);
  if (result.kind == HeadResult::Kind::kNeedMore && buffer.size() >= 5 && !buffer.starts_with("HTTP/")) {
    return refused(502, "the answer does not begin with HTTP/");
  }
  if (result.kind != HeadResult::Kind::kDone) return result;
  int status = 502;
  if (const char* why = parse_status_line(line, head)) return refused(502, why);
  if (const char* why = parse_fields(block, limits.fields, head.fields, status)) return refused(502, why);
  if (const char* why = frame_response(head, method)) return refused(502, why);
  return result;
}

HeadResult parse_trailers(std::string_view buffer, const HeadLimits& limits, std::vector<FieldView>& fields) {
  std::size_t end = 0;
  if (buffer.starts_with("\r\n")) {
    end = 2;
  } else if (end = find_end(buffer, 0); end == std::string_view::npos) {
    if (buffer.size() > limits.head_bytes) return refused(431, "trailers over the limit of 64 KiB");
    if (const char* why = unfinished_problem(buffer, 0)) return refused(400, why);
    return need_more();
  }
  if (end > limits.head_bytes) return refused(431, "trailers over the limit of 64 KiB");
  int status = 400;
  if (const char* why = parse_fields(buffer.substr(0, end - 2), limits.fields, fields, status)) {
    return refused(status, why);
  }
  for (const FieldView& field : fields) {
    if (is_framing_name(field.name)) return refused(400, "a framing field in the trailers");
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
    case 19:
      return equals_ignoring_case(name, "proxy-authorization");
    default:
      return false;
  }
}

bool list_contains(std::string_view value, std::string_view token) {
  while (!value.empty()) {
    const std::size_t comma = value.find(',');
    if (equals_ignoring_case(trim(value.substr(0, comma)), token)) return true;
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
