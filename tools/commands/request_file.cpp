#include "commands/request_file.h"

#include <algorithm>

#include "http/head.h"
#include "http/target.h"

namespace cvr::commands {
namespace {

struct Split {
  std::string head;  // with CR LF, and the empty line
  std::string_view body;
};

Split split(std::string_view text) {
  Split out;
  while (text.starts_with('\n') || text.starts_with("\r\n")) text.remove_prefix(text.front() == '\r' ? 2 : 1);
  bool first = true;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) break;
    out.head += line;
    if (first && line.find(" HTTP/") == std::string_view::npos) out.head += " HTTP/1.1";
    first = false;
    out.head += "\r\n";
  }
  out.head += "\r\n";
  out.body = text;
  return out;
}

}  // namespace

Result<http::Request> parse_request_file(std::string_view text, const std::string& name) {
  const auto bad = [&](const std::string& why) { return fail(ErrorCode::kUsage, name + ": " + why); };
  Split parts = split(text);
  // A file need not say its length, and one that was edited says a wrong one.
  std::string head_text = parts.head;
  if (head_text.find("://") != std::string::npos && http::to_lower(head_text).find("\r\nhost:") == std::string::npos) {
    const std::size_t begin = head_text.find("://") + 3;
    const std::size_t end = std::min(head_text.find_first_of("/? ", begin), head_text.size());
    head_text.insert(head_text.find("\r\n") + 2, "Host: " + head_text.substr(begin, end - begin) + "\r\n");
  }
  http::RequestHead head;
  std::size_t scanned = 0;
  const http::HeadResult parsed = http::parse_request_head(head_text, scanned, http::HeadLimits{}, head);
  if (parsed.kind == http::HeadResult::Kind::kRefused) return bad(parsed.why);
  if (parsed.kind != http::HeadResult::Kind::kDone) return bad("a request line is needed, as in GET https://HOST/PATH");
  const auto target = http::parse_target(head.target, false);
  if (!target) return bad("the target is no URL and no path");
  http::Request request;
  request.method = head.method;
  request.path = target->path;
  request.query = target->query;
  request.has_query = target->has_query;
  request.fields = http::to_fields(head.fields);
  if (target->origin) {
    request.origin = *target->origin;
  } else {
    const auto authority = http::parse_authority(head.host, 443);
    if (!authority) return bad("Host names no host");
    request.origin = {authority->port == 80 ? http::Scheme::kHttp : http::Scheme::kHttps, authority->host,
                      authority->port};
  }
  std::string_view body = parts.body;
  if (head.framing == Framing::kLength && head.content_length <= body.size()) {
    body = body.substr(0, head.content_length);
  } else if (body.ends_with('\n')) {
    body.remove_suffix(body.ends_with("\r\n") ? 2 : 1);
  }
  request.body = body;
  return request;
}

}  // namespace cvr::commands
