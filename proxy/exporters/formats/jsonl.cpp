// JSON lines: one object an interaction, with everything the record holds; a gap is
// {"gap": {...}}.  Bytes that are no text are base64, marked by "encoding".
#include "base/base64.h"
#include "base/json_writer.h"
#include "exporters/common.h"
#include "exporters/formats.h"

namespace cvr::exporters {
namespace {

void write_fields(json::Writer& w, std::string_view name, const std::vector<RedactedField>& fields) {
  w.key(name).begin_array();
  for (const RedactedField& field : fields) w.begin_array().value(field.name.text).value(field.value.text).end_array();
  w.end_array();
}

void write_body(json::Writer& w, const RedactedBody& body) {
  w.key("body").begin_object().member("bytes", body.wire_size);
  if (body.omitted) {
    w.member("omitted", *body.omitted).member("digest", body.digest);
  } else {
    const bool text = is_text(body.content.text);
    w.member("text", text ? body.content.text : base64_encode(body.content.text));
    if (!text) w.member("encoding", "base64");
  }
  if (!body.codings.empty()) {
    w.key("codings").begin_array();
    for (const std::string& coding : body.codings) w.value(coding);
    w.end_array();
  }
  w.end_object();
}

void write_redactions(json::Writer& w, std::string_view place, const RedactedText& text) {
  for (const Span& span : text.spans) {
    w.begin_object().member("place", place).member("kind", to_string(span.kind)).member("rule", span.rule);
    w.member("begin", static_cast<std::uint64_t>(span.begin))
        .member("size", static_cast<std::uint64_t>(span.size))
        .end_object();
  }
}

void write_field_redactions(json::Writer& w, const std::string& side, const std::vector<RedactedField>& fields) {
  for (const RedactedField& field : fields) {
    write_redactions(w, side + " name", field.name);
    write_redactions(w, side + " " + field.name.text, field.value);
  }
}

void write_all_redactions(json::Writer& w, const RedactedParts& parts) {
  w.key("redactions").begin_array();
  write_redactions(w, "request path", parts.request.path);
  write_redactions(w, "request query", parts.request.query);
  write_field_redactions(w, "request header", parts.request.fields);
  write_redactions(w, "request body", parts.request.body.content);
  write_field_redactions(w, "request trailer", parts.request.trailers);
  if (parts.response) {
    write_redactions(w, "response reason", parts.response->reason);
    write_field_redactions(w, "response header", parts.response->fields);
    write_redactions(w, "response body", parts.response->body.content);
    write_field_redactions(w, "response trailer", parts.response->trailers);
  }
  w.end_array();
}

void write_words(json::Writer& w, std::string_view name, const std::vector<std::string>& words) {
  w.key(name).begin_array();
  for (const std::string& word : words) w.value(word);
  w.end_array();
}

// How the response's body arrived: [wire bytes, ms after the response began].
void write_pieces(json::Writer& w, const std::vector<Piece>& pieces) {
  w.key("pieces").begin_array();
  for (const Piece& piece : pieces) w.begin_array().value(piece.bytes).value(milliseconds(piece.at_us)).end_array();
  w.end_array();
}

class Jsonl : public Exporter {
 public:
  void add(std::uint64_t n, const RedactedInteraction& interaction, const TextSink& out) override {
    const RedactedParts& parts = *interaction;
    json::Writer w;
    w.begin_object().member("n", n).member("time", utc_text(parts.timing.started_utc_us));
    w.member("method", parts.request.method).member("url", url_of(parts.request));
    if (parts.response) w.member("status", parts.response->status);
    w.member("ms", milliseconds(parts.timing.finished_us));
    w.member("sent_ms", milliseconds(parts.timing.request_us))
        .member("first_byte_ms", milliseconds(parts.timing.first_byte_us));
    w.member("arrival", to_string(parts.arrival)).member("framing", to_string(parts.response_framing));
    w.key("request").begin_object().member("version", version_of(parts.request.minor_version));
    write_fields(w, "headers", parts.request.fields);
    write_body(w, parts.request.body);
    if (!parts.request.trailers.empty()) write_fields(w, "trailers", parts.request.trailers);
    w.end_object();
    if (parts.response) {
      w.key("response")
          .begin_object()
          .member("status", parts.response->status)
          .member("reason", parts.response->reason.text);
      w.member("version", version_of(parts.response->minor_version));
      write_fields(w, "headers", parts.response->fields);
      write_body(w, parts.response->body);
      if (!parts.response->trailers.empty()) write_fields(w, "trailers", parts.response->trailers);
      w.end_object();
    }
    if (parts.failure) {
      w.key("failure")
          .begin_object()
          .member("kind", to_string(parts.failure->kind))
          .member("detail", parts.failure->detail)
          .end_object();
    }
    if (!parts.pieces.empty()) write_pieces(w, parts.pieces);
    write_words(w, "flags", parts.flags);
    if (!parts.notes.empty()) write_words(w, "notes", parts.notes);
    if (!parts.step.empty()) w.member("step", parts.step);
    write_all_redactions(w, parts);
    w.end_object();
    out(w.text() + "\n");
  }
  void add_gap(std::int64_t at_utc_us, std::uint64_t lost, std::string_view reason, const TextSink& out) override {
    json::Writer w;
    w.begin_object()
        .key("gap")
        .begin_object()
        .member("time", utc_text(at_utc_us))
        .member("lost", lost)
        .member("reason", reason);
    w.end_object().end_object();
    out(w.text() + "\n");
  }
};

}  // namespace

std::unique_ptr<Exporter> make_jsonl() { return std::make_unique<Jsonl>(); }

}  // namespace cvr::exporters
