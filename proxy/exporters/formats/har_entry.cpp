#include "exporters/formats/har_entry.h"

#include <algorithm>

#include "base/base64.h"
#include "base/escape.h"
#include "cvr/version.h"
#include "exporters/common.h"
#include "exporters/own.h"

namespace cvr::exporters {
namespace {

// What does not fit a body that is handed out decoded.
bool is_of_the_wire(std::string_view name) {
  for (const std::string_view word : {"content-encoding", "content-length", "transfer-encoding"}) {
    if (http::equals_ignoring_case(name, word)) return true;
  }
  return false;
}

void write_fields(json::Writer& w, std::string_view name, const std::vector<RedactedField>& fields,
                  HarDialect dialect = HarDialect::kPlain) {
  w.key(name).begin_array();
  for (const RedactedField& field : fields) {
    if (dialect == HarDialect::kPlaywright && is_of_the_wire(field.name.text)) continue;
    w.begin_object().member("name", field.name.text).member("value", field.value.text).end_object();
  }
  w.end_array();
}

// name=value pairs of Cookie or Set-Cookie; attributes stay in the header.
void write_cookies(json::Writer& w, const std::vector<RedactedField>& fields, std::string_view header) {
  w.key("cookies").begin_array();
  for (const RedactedField& field : fields) {
    if (!http::equals_ignoring_case(field.name.text, header)) continue;
    std::string_view rest = field.value.text;
    while (!rest.empty()) {
      const std::string_view pair = rest.substr(0, rest.find(';'));
      const std::size_t begin = pair.find_first_not_of(' ');
      const std::size_t equals = pair.find('=');
      if (begin != std::string_view::npos && equals != std::string_view::npos && equals >= begin) {
        w.begin_object()
            .member("name", pair.substr(begin, equals - begin))
            .member("value", pair.substr(equals + 1))
            .end_object();
      }
      if (header == "set-cookie" || rest.size() == pair.size()) break;
      rest.remove_prefix(pair.size() + 1);
    }
  }
  w.end_array();
}

void write_query(json::Writer& w, const RedactedRequest& request) {
  w.key("queryString").begin_array();
  std::string_view rest = request.query.text;
  while (!rest.empty()) {
    const std::string_view pair = rest.substr(0, rest.find('&'));
    const std::size_t equals = std::min(pair.find('='), pair.size());
    if (!pair.empty()) {
      w.begin_object().member("name", percent_decode(pair.substr(0, equals), true));
      w.member("value", percent_decode(pair.substr(std::min(equals + 1, pair.size())), true)).end_object();
    }
    if (rest.size() == pair.size()) break;
    rest.remove_prefix(pair.size() + 1);
  }
  w.end_array();
}

void write_request(json::Writer& w, const RedactedRequest& request) {
  w.key("request").begin_object();
  w.member("method", request.method)
      .member("url", url_of(request))
      .member("httpVersion", version_of(request.minor_version));
  write_cookies(w, request.fields, "cookie");
  write_fields(w, "headers", request.fields);
  write_query(w, request);
  const std::string& body = request.body.content.text;
  if (!body.empty() || request.body.omitted) {
    w.key("postData").begin_object().member("mimeType", value_of(request.fields, "content-type"));
    const bool text = is_text(body);
    w.member("text", text ? body : base64_encode(body));
    if (!text) w.member("_encoding", "base64");
    if (request.body.omitted) w.member("comment", *request.body.omitted);
    w.end_object();
  }
  w.member("headersSize", -1).member("bodySize", request.body.wire_size).end_object();
}

void write_response(json::Writer& w, const RedactedParts& parts, HarDialect dialect) {
  w.key("response").begin_object();
  const RedactedResponse none;
  const RedactedResponse& response = parts.response ? *parts.response : none;
  // Playwright aborts a request whose answer has no status.
  const bool aborts = dialect == HarDialect::kPlaywright && !parts.response;
  w.member("status", aborts ? -1 : response.status).member("statusText", response.reason.text);
  w.member("httpVersion", version_of(response.minor_version));
  write_cookies(w, response.fields, "set-cookie");
  write_fields(w, "headers", response.fields, dialect);
  const std::string& body = response.body.content.text;
  const std::uint64_t size = response.body.omitted ? response.body.wire_size : body.size();
  w.key("content").begin_object().member("size", size);
  w.member("mimeType", value_of(response.fields, "content-type"));
  if (!body.empty()) {
    const bool text = is_text(body);
    w.member("text", text ? body : base64_encode(body));
    if (!text) w.member("encoding", "base64");
  }
  if (response.body.omitted) w.member("comment", *response.body.omitted);
  w.end_object();
  w.member("redirectURL", value_of(response.fields, "location"));
  w.member("headersSize", -1).member("bodySize", response.body.wire_size);
  if (parts.failure) w.member("_error", std::string(to_string(parts.failure->kind)) + ": " + parts.failure->detail);
  w.end_object();
}

}  // namespace

void write_har_entry(json::Writer& w, std::uint64_t n, const RedactedParts& parts, HarDialect dialect) {
  const Timing& t = parts.timing;
  // A failure may have stopped any of the phases; none is negative.
  const std::int64_t request = std::max<std::int64_t>(0, t.request_us);
  const std::int64_t first = std::max(parts.response ? t.first_byte_us : t.finished_us, request);
  w.begin_object()
      .member("startedDateTime", utc_text(t.started_utc_us))
      .member("time", milliseconds(std::max(t.finished_us, first)));
  write_request(w, parts.request);
  write_response(w, parts, dialect);
  w.key("cache").begin_object().end_object();
  w.key("timings").begin_object().member("send", milliseconds(request)).member("wait", milliseconds(first - request));
  w.member("receive", milliseconds(std::max<std::int64_t>(0, t.finished_us - first))).end_object();
  OwnScope scope;
  scope.headers = dialect == HarDialect::kPlaywright;
  scope.failure = true;
  w.key("_cvr");
  write_own(w, n, parts, scope);
  w.end_object();
}

void HarLog::begin(const TextSink& out) {
  json::Writer creator;
  creator.begin_object().member("name", "CVR").member("version", std::string_view(kToolVersion).substr(4)).end_object();
  out("{\"log\":{\"version\":\"1.2\",\"creator\":" + creator.text() + ",\"entries\":[\n");
}

void HarLog::add(std::uint64_t n, const RedactedInteraction& interaction, const TextSink& out) {
  json::Writer w;
  write_har_entry(w, n, *interaction, dialect_);
  out((first_ ? "" : ",\n") + w.text());
  first_ = false;
}

void HarLog::add_gap(std::int64_t at_utc_us, std::uint64_t lost, std::string_view reason, const TextSink&) {
  comment_ += (comment_.empty() ? "" : "; ") + std::string("gap at ") + utc_text(at_utc_us) + ": " +
              std::to_string(lost) + " interactions not recorded: " + std::string(reason);
}

void HarLog::end(const TextSink& out) {
  json::Writer comment;
  if (!comment_.empty()) comment.value(comment_);
  out("\n]" + (comment_.empty() ? "" : ",\"comment\":" + comment.text()) + "}}\n");
}

}  // namespace cvr::exporters
