// Interaction records (FORMAT.md "Interaction").  The decoder is the second and last place that may
// vouch for a RedactedInteraction: what it reads was redacted when it was written.
#include "cassette/frame.h"
#include "cassette/packing.h"
#include "cvr/cassette.h"

namespace cvr::cassette {
namespace {

constexpr std::size_t kPrefix = 48;  // match key and start time, before the msgpack map

void pack_text(Packer& p, const RedactedText& text) {
  if (text.spans.empty()) return pack_bytes(p, text.text);
  p.pack_array(2);
  pack_bytes(p, text.text);
  p.pack_array(static_cast<std::uint32_t>(text.spans.size()));
  for (const Span& span : text.spans) {
    p.pack_array(4);
    p.pack(span.begin);
    p.pack(span.size);
    pack_word(p, to_string(span.kind));
    pack_word(p, span.rule);
  }
}

RedactedText read_text(const Reading& r, bool is_pair) {
  RedactedText out;
  if (!is_pair) {
    out.text = r.text();
    return out;
  }
  out.text = r.item(0).text();
  const Reading spans = r.item(1);
  for (std::size_t i = 0; i < spans.size(); ++i) {
    const Reading s = spans.item(i);
    Span span{static_cast<std::uint32_t>(s.item(0).unsigned_number()), static_cast<std::uint32_t>(s.item(1).unsigned_number()),
              kind_from(s.item(2).text()).value_or(Kind::kOther), s.item(3).text()};
    const std::uint64_t floor = out.spans.empty() ? 0 : out.spans.back().begin + out.spans.back().size;
    if (span.begin < floor || static_cast<std::uint64_t>(span.begin) + span.size > out.text.size()) r.fail();
    out.spans.push_back(std::move(span));
  }
  return out;
}

RedactedText read_text(const Reading& r) { return read_text(r, r.is_array()); }

void pack_fields(Packer& p, const std::vector<RedactedField>& fields) {
  p.pack_array(static_cast<std::uint32_t>(fields.size()));
  for (const RedactedField& field : fields) {
    p.pack_array(2);
    pack_text(p, field.name);
    pack_text(p, field.value);
  }
}

std::vector<RedactedField> read_fields(const Reading& r) {
  std::vector<RedactedField> out;
  for (std::size_t i = 0; i < r.size(); ++i) out.push_back({read_text(r.item(i).item(0)), read_text(r.item(i).item(1))});
  return out;
}

void pack_words(Packer& p, const std::vector<std::string>& words) {
  p.pack_array(static_cast<std::uint32_t>(words.size()));
  for (const std::string& word : words) pack_word(p, word);
}

std::vector<std::string> read_words(const Reading& r) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < r.size(); ++i) out.push_back(r.item(i).text());
  return out;
}

void pack_body(Packer& p, const RedactedBody& body) {
  p.pack_map(5);
  pack_word(p, "content");
  pack_text(p, body.content);
  pack_word(p, "codings");
  pack_words(p, body.codings);
  pack_word(p, "wire");
  p.pack(body.wire_size);
  pack_word(p, "omitted");
  body.omitted ? pack_word(p, *body.omitted) : static_cast<void>(p.pack_nil());
  pack_word(p, "digest");
  pack_word(p, body.digest);
}

RedactedBody read_body(const Reading& r) {
  RedactedBody out;
  out.content = read_text(r.at("content"));
  out.codings = read_words(r.at("codings"));
  out.wire_size = r.at("wire").unsigned_number();
  if (r.at("omitted").present()) out.omitted = r.at("omitted").text();
  out.digest = r.at("digest").text();
  return out;
}

void pack_request(Packer& p, const RedactedRequest& q) {
  p.pack_map(11);
  pack_word(p, "method");
  pack_bytes(p, q.method);
  pack_word(p, "scheme");
  pack_word(p, to_string(q.origin.scheme));
  pack_word(p, "host");
  pack_word(p, q.origin.host);
  pack_word(p, "port");
  p.pack(q.origin.port);
  pack_word(p, "path");
  pack_text(p, q.path);
  pack_word(p, "query");
  pack_text(p, q.query);
  pack_word(p, "has_query");
  p.pack(q.has_query);
  pack_word(p, "minor");
  p.pack(q.minor_version);
  pack_word(p, "fields");
  pack_fields(p, q.fields);
  pack_word(p, "body");
  pack_body(p, q.body);
  pack_word(p, "trailers");
  pack_fields(p, q.trailers);
}

RedactedRequest read_request(const Reading& r) {
  RedactedRequest out;
  out.method = r.at("method").text();
  out.origin.scheme = r.at("scheme").text() == "http" ? http::Scheme::kHttp : http::Scheme::kHttps;
  out.origin.host = r.at("host").text();
  out.origin.port = static_cast<std::uint16_t>(r.at("port").unsigned_number());
  out.path = read_text(r.at("path"));
  out.query = read_text(r.at("query"));
  out.has_query = r.at("has_query").flag();
  out.minor_version = static_cast<int>(r.at("minor").number());
  out.fields = read_fields(r.at("fields"));
  out.body = read_body(r.at("body"));
  out.trailers = read_fields(r.at("trailers"));
  return out;
}

void pack_response(Packer& p, const RedactedResponse& s) {
  p.pack_map(6);
  pack_word(p, "status");
  p.pack(s.status);
  pack_word(p, "reason");
  pack_text(p, s.reason);
  pack_word(p, "minor");
  p.pack(s.minor_version);
  pack_word(p, "fields");
  pack_fields(p, s.fields);
  pack_word(p, "body");
  pack_body(p, s.body);
  pack_word(p, "trailers");
  pack_fields(p, s.trailers);
}

RedactedResponse read_response(const Reading& r) {
  RedactedResponse out;
  out.status = static_cast<int>(r.at("status").number());
  out.reason = read_text(r.at("reason"));
  out.minor_version = static_cast<int>(r.at("minor").number());
  out.fields = read_fields(r.at("fields"));
  out.body = read_body(r.at("body"));
  out.trailers = read_fields(r.at("trailers"));
  return out;
}

void pack_facts(Packer& p, const RedactedParts& parts) {
  pack_word(p, "failure");
  if (parts.failure) {
    p.pack_array(2);
    pack_word(p, to_string(parts.failure->kind));
    pack_word(p, parts.failure->detail);
  } else {
    p.pack_nil();
  }
  pack_word(p, "framing");
  pack_word(p, to_string(parts.response_framing));
  pack_word(p, "arrival");
  pack_word(p, to_string(parts.arrival));
  pack_word(p, "pieces");
  p.pack_array(static_cast<std::uint32_t>(2 * parts.pieces.size()));
  for (const Piece& piece : parts.pieces) {
    p.pack(piece.bytes);
    p.pack(piece.at_us);
  }
  pack_word(p, "flags");
  pack_words(p, parts.flags);
  pack_word(p, "notes");
  pack_words(p, parts.notes);
  pack_word(p, "step");
  pack_word(p, parts.step);
  pack_word(p, "us");
  p.pack_array(3);
  p.pack(parts.timing.request_us);
  p.pack(parts.timing.first_byte_us);
  p.pack(parts.timing.finished_us);
}

void read_facts(const Reading& r, RedactedParts& out) {
  if (const Reading failure = r.at("failure"); failure.present()) {
    const auto kind = failure_kind_from(failure.item(0).text());
    if (!kind) r.fail();
    out.failure = Failure{kind.value_or(FailureKind::kReset), failure.item(1).text()};
  }
  const auto framing = framing_from(r.at("framing").text());
  const auto arrival = arrival_from(r.at("arrival").text());
  if (!framing || !arrival) r.fail();
  out.response_framing = framing.value_or(Framing::kNone);
  out.arrival = arrival.value_or(Arrival::kImport);
  const Reading pieces = r.at("pieces");
  for (std::size_t i = 0; i + 1 < pieces.size(); i += 2) {
    out.pieces.push_back({pieces.item(i).unsigned_number(), pieces.item(i + 1).number()});
  }
  out.flags = read_words(r.at("flags"));
  out.notes = read_words(r.at("notes"));
  out.step = r.at("step").text();
  const Reading us = r.at("us");
  out.timing.request_us = us.item(0).number();
  out.timing.first_byte_us = us.item(1).number();
  out.timing.finished_us = us.item(2).number();
}

}  // namespace

std::string encode(const RedactedInteraction& interaction) {
  const RedactedParts& parts = *interaction;
  std::string out;
  out.reserve(512 + parts.request.body.content.text.size() + (parts.response ? parts.response->body.content.text.size() : 0));
  for (const std::uint64_t word : {parts.key.bucket_lo, parts.key.bucket_hi, parts.key.exact_lo, parts.key.exact_hi, parts.key.rules}) {
    append_u64(out, word);
  }
  append_u64(out, static_cast<std::uint64_t>(parts.timing.started_utc_us));
  StringBuffer buffer(out);
  Packer p(buffer);
  p.pack_map(parts.response ? 10 : 9);
  pack_word(p, "request");
  pack_request(p, parts.request);
  if (parts.response) {
    pack_word(p, "response");
    pack_response(p, *parts.response);
  }
  pack_facts(p, parts);
  return out;
}

Result<RedactedInteraction> decode(std::string_view payload) {
  const auto malformed = [] { return fail(ErrorCode::kDamaged, "a record that is not an interaction"); };
  if (payload.size() < kPrefix) return malformed();
  msgpack::object_handle handle;
  if (!unpack(payload.substr(kPrefix), handle)) return malformed();
  bool bad = false;
  const Reading root(handle.get(), bad);
  RedactedParts parts;
  parts.key = {load_u64(payload.data()), load_u64(payload.data() + 8), load_u64(payload.data() + 16), load_u64(payload.data() + 24),
               load_u64(payload.data() + 32)};
  parts.timing.started_utc_us = static_cast<std::int64_t>(load_u64(payload.data() + 40));
  if (!root.at("request").present()) return malformed();
  parts.request = read_request(root.at("request"));
  if (root.at("response").present()) parts.response = read_response(root.at("response"));
  read_facts(root, parts);
  if (bad) return malformed();
  return RedactionPass::vouch(std::move(parts));
}

}  // namespace cvr::cassette
