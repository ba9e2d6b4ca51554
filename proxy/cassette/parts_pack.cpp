#include <algorithm>
#include <msgpack.hpp>

#include "cassette/parts.h"
#include "cassette/tags.h"

namespace cvr::cassette {
namespace {

struct StringSink {
  std::string* out;
  void write(const char* data, std::size_t size) { out->append(data, size); }
};

class Packer {
 public:
  Packer(std::string& out, TagTable& tags, const EqualBodies& equal)
      : sink_{&out}, pack_(sink_), tags_(tags), equal_(equal) {}

  void interaction(const RedactedParts& parts);
  void tags(const std::vector<Tag>& list);

 private:
  void map(std::size_t pairs) { pack_.pack_map(static_cast<std::uint32_t>(pairs)); }
  void array(std::size_t items) { pack_.pack_array(static_cast<std::uint32_t>(items)); }
  // Words of the format are str; whatever may hold bytes that are not UTF-8 is bin.
  void word(std::string_view text) {
    pack_.pack_str(static_cast<std::uint32_t>(text.size()))
        .pack_str_body(text.data(), static_cast<std::uint32_t>(text.size()));
  }
  void bytes(std::string_view text) {
    pack_.pack_bin(static_cast<std::uint32_t>(text.size()))
        .pack_bin_body(text.data(), static_cast<std::uint32_t>(text.size()));
  }
  template <class Number>
  void number(Number value) {
    pack_.pack(value);
  }
  void list(std::string_view key, const std::vector<std::string>& values);
  void text(const RedactedText& text);
  void fields(std::string_view key, const std::vector<RedactedField>& fields);
  void body(const RedactedBody& body, const BodyOf& equal);
  void request(const RedactedRequest& request);
  void response(const RedactedResponse& response);
  void facts(const RedactedParts& parts);

  StringSink sink_;
  msgpack::packer<StringSink> pack_;
  TagTable& tags_;
  const EqualBodies& equal_;
};

void Packer::list(std::string_view key, const std::vector<std::string>& values) {
  if (values.empty()) return;
  word(key);
  array(values.size());
  for (const std::string& value : values) bytes(value);
}

void Packer::text(const RedactedText& text) {
  if (text.spans.empty()) return bytes(text.text);
  array(1 + 3 * text.spans.size());
  bytes(text.text);
  for (const Span& span : text.spans) {
    number(span.begin);
    number(span.size);
    number(tags_.index_of(span.kind, span.rule));
  }
}

void Packer::fields(std::string_view key, const std::vector<RedactedField>& fields) {
  if (fields.empty()) return;
  word(key);
  array(2 * fields.size());
  for (const RedactedField& field : fields) {
    text(field.name);
    text(field.value);
  }
}

void Packer::body(const RedactedBody& body, const BodyOf& equal) {
  const bool has_content = body.content != RedactedText{};
  const std::size_t pairs = std::size_t{has_content} + std::size_t{!body.codings.empty()} +
                            std::size_t{body.wire_size != 0} + std::size_t{body.omitted.has_value()} +
                            std::size_t{!body.digest.empty()};
  if (pairs == 0) return;
  word(names::kBody);
  map(pairs);
  list(names::kCodings, body.codings);
  if (body.wire_size != 0) {
    word(names::kWireSize);
    number(body.wire_size);
  }
  if (body.omitted) {
    word(names::kOmitted);
    bytes(*body.omitted);
  }
  if (!body.digest.empty()) {
    word(names::kDigest);
    bytes(body.digest);
  }
  if (has_content && equal.n != 0) {
    word(names::kEqual);
    array(2);
    number(equal.n);
    word(equal.response ? names::kResponse : names::kRequest);
  } else if (has_content) {
    word(names::kContent);
    text(body.content);
  }
}

void Packer::request(const RedactedRequest& request) {
  const bool has_query = request.query != RedactedText{};
  const bool says_has_query = request.has_query != has_query;  // "/a?", or a query that is not shown
  const std::size_t pairs = 4 + std::size_t{has_query} + std::size_t{says_has_query} +
                            std::size_t{!request.fields.empty()} + std::size_t{request.body != RedactedBody{}} +
                            std::size_t{!request.trailers.empty()};
  word(names::kRequest);
  map(pairs);
  word(names::kMethod);
  bytes(request.method);
  word(names::kOrigin);
  array(3);
  word(http::to_string(request.origin.scheme));
  bytes(request.origin.host);
  number(request.origin.port);
  word(names::kPath);
  text(request.path);
  if (has_query) {
    word(names::kQuery);
    text(request.query);
  }
  if (says_has_query) {
    word(names::kHasQuery);
    pack_.pack(request.has_query);
  }
  word(names::kMinorVersion);
  number(request.minor_version);
  fields(names::kFields, request.fields);
  fields(names::kTrailers, request.trailers);
  body(request.body, equal_.request);
}

void Packer::response(const RedactedResponse& response) {
  const bool has_reason = response.reason != RedactedText{};
  const std::size_t pairs = 2 + std::size_t{has_reason} + std::size_t{!response.fields.empty()} +
                            std::size_t{response.body != RedactedBody{}} + std::size_t{!response.trailers.empty()};
  word(names::kResponse);
  map(pairs);
  word(names::kStatus);
  number(response.status);
  if (has_reason) {
    word(names::kReason);
    text(response.reason);
  }
  word(names::kMinorVersion);
  number(response.minor_version);
  fields(names::kFields, response.fields);
  fields(names::kTrailers, response.trailers);
  body(response.body, equal_.response);
}

void Packer::facts(const RedactedParts& parts) {
  if (parts.failure) {
    word(names::kFailure);
    array(2);
    word(to_string(parts.failure->kind));
    bytes(parts.failure->detail);
  }
  word(names::kFraming);
  word(to_string(parts.response_framing));
  word(names::kArrival);
  word(to_string(parts.arrival));
  if (!parts.pieces.empty()) {
    word(names::kPieces);
    array(2 * parts.pieces.size());
    for (const Piece& piece : parts.pieces) {
      number(piece.bytes);
      number(piece.at_us);
    }
  }
  list(names::kFlags, parts.flags);
  list(names::kNotes, parts.notes);
  if (!parts.step.empty()) {
    word(names::kStep);
    bytes(parts.step);
  }
  word(names::kTiming);
  array(3);
  number(parts.timing.request_us);
  number(parts.timing.first_byte_us);
  number(parts.timing.finished_us);
}

void Packer::interaction(const RedactedParts& parts) {
  facts(parts);
  request(parts.request);
  if (parts.response) response(*parts.response);
}

void Packer::tags(const std::vector<Tag>& list) {
  if (list.empty()) return;
  word(names::kTags);
  array(2 * list.size());
  for (const Tag& tag : list) {
    word(to_string(tag.kind));
    bytes(tag.rule);
  }
}

}  // namespace

std::string pack_parts(const RedactedParts& parts, const EqualBodies& equal) {
  TagTable tags;
  std::string inside;
  inside.reserve(1024 + parts.request.body.content.text.size() +
                 (parts.response ? parts.response->body.content.text.size() : 0));
  Packer(inside, tags, equal).interaction(parts);
  const std::size_t pairs = 4 + std::size_t{parts.failure.has_value()} + std::size_t{!parts.pieces.empty()} +
                            std::size_t{!parts.flags.empty()} + std::size_t{!parts.notes.empty()} +
                            std::size_t{!parts.step.empty()} + std::size_t{parts.response.has_value()} +
                            std::size_t{!tags.list().empty()};
  std::string out;
  out.reserve(inside.size() + 256);
  StringSink sink{&out};
  msgpack::packer<StringSink>(sink).pack_map(static_cast<std::uint32_t>(pairs));
  Packer(out, tags, equal).tags(tags.list());  // known only now, and wanted first
  out += inside;
  return out;
}

}  // namespace cvr::cassette
