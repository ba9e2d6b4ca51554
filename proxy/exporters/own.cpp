#include "exporters/own.h"

#include "base/base64.h"
#include "exporters/common.h"

namespace cvr::exporters {
namespace {

void write_pairs(json::Writer& w, std::string_view name, const std::vector<RedactedField>& fields) {
  w.key(name).begin_array();
  for (const RedactedField& field : fields) w.begin_array().value(field.name.text).value(field.value.text).end_array();
  w.end_array();
}

void write_words(json::Writer& w, std::string_view name, const std::vector<std::string>& words) {
  w.key(name).begin_array();
  for (const std::string& word : words) w.value(word);
  w.end_array();
}

void write_bytes(json::Writer& w, const std::string& bytes) {
  const bool text = is_text(bytes);
  w.key("body").begin_object().member("text", text ? bytes : base64_encode(bytes));
  if (!text) w.member("encoding", "base64");
  w.end_object();
}

template <class Message>
void write_message(json::Writer& w, const Message& message, bool headers, bool body) {
  w.member("version", version_of(message.minor_version));
  if (headers) write_pairs(w, "headers", message.fields);
  if (!message.trailers.empty()) write_pairs(w, "trailers", message.trailers);
  if (message.body.omitted) w.member("omitted", *message.body.omitted).member("bytes", message.body.wire_size);
  if (body && !message.body.content.text.empty()) write_bytes(w, message.body.content.text);
}

}  // namespace

void write_own(json::Writer& w, std::uint64_t n, const RedactedParts& parts, const OwnScope& scope) {
  w.begin_object().member("n", n);
  if (scope.origin) w.member("origin", http::to_string(parts.request.origin));
  w.member("arrival", to_string(parts.arrival)).member("framing", to_string(parts.response_framing));
  if (!parts.step.empty()) w.member("step", parts.step);
  const Timing& t = parts.timing;
  w.key("us").begin_array().value(t.started_utc_us).value(t.request_us).value(t.first_byte_us).value(t.finished_us);
  w.end_array();
  if (!parts.pieces.empty()) {
    w.key("pieces").begin_array();
    for (const Piece& piece : parts.pieces) w.begin_array().value(piece.bytes).value(piece.at_us).end_array();
    w.end_array();
  }
  write_words(w, "flags", parts.flags);
  if (!parts.notes.empty()) write_words(w, "notes", parts.notes);
  if (scope.failure && parts.failure) {
    w.key("failure").begin_object().member("kind", to_string(parts.failure->kind));
    w.member("detail", parts.failure->detail).end_object();
  }
  w.key("request").begin_object();
  write_message(w, parts.request, scope.headers, scope.request);
  w.end_object();
  if (parts.response) {
    w.key("response").begin_object();
    if (scope.response) w.member("status", parts.response->status).member("reason", parts.response->reason.text);
    write_message(w, *parts.response, scope.headers, scope.response);
    w.end_object();
  }
  w.end_object();
}

}  // namespace cvr::exporters
