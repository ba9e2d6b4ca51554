#include <algorithm>

#include "cassette/msgpack_cursor.h"
#include "cassette/parts.h"
#include "cassette/storable.h"
#include "cassette/tags.h"

namespace cvr::cassette {
namespace {

enum : unsigned {
  kMethodBit,
  kOriginBit,
  kPathBit,
  kRequestVersionBit,
  kRequestBit,
  kFramingBit,
  kArrivalBit,
  kTimingBit,
  kStatusBit,
  kResponseVersionBit
};
constexpr unsigned kAlways = (1u << kStatusBit) - 1;
constexpr unsigned kAlwaysInResponse = 1u << kStatusBit | 1u << kResponseVersionBit;

class Unpacker {
 public:
  Unpacker(std::string_view msgpack, EqualBodies* equal) : all_(msgpack), in_(msgpack), equal_(equal) {}
  Result<RedactedParts> interaction();

 private:
  void tags();
  void text(RedactedText& out);
  void fields(std::vector<RedactedField>& out);
  void words(std::vector<std::string>& out);
  void body(RedactedBody& out, BodyOf* equal);
  void elsewhere(BodyOf* equal);
  void request(RedactedRequest& out);
  void origin(http::Origin& out);
  void response(RedactedResponse& out);
  void failure(Failure& out);
  void pieces(std::vector<Piece>& out);
  void timing(Timing& out);
  int small_number();
  std::string copy() { return std::string(in_.text()); }
  // A word of one of the model's enumerations; one that is not known has no safe reading.
  template <class Value>
  void word(std::optional<Value> (*from)(std::string_view), Value& out) {
    const auto value = from(in_.text());
    if (value) {
      out = *value;
    } else if (in_.ok()) {
      unknown_word_ = true;
    }
  }

  std::string_view all_;
  MsgpackCursor in_;
  std::vector<Tag> tags_;
  EqualBodies* equal_;
  bool unknown_word_ = false;
  // What FORMAT calls "always there", one bit each.
  void has(unsigned bit) { always_ |= 1u << bit; }
  unsigned always_ = 0;
};

void Unpacker::tags() {
  MsgpackCursor in(all_);
  for (std::uint32_t pairs = in.map(); pairs > 0 && in.ok(); --pairs) {
    if (in.text() != names::kTags) {
      in.skip();
      continue;
    }
    const std::uint32_t items = in.array();
    if (items / 2 > kMostTags) return in_.fail();
    tags_.clear();
    for (std::uint32_t i = 0; i + 1 < items && in.ok(); i += 2) {
      const Kind kind = kind_from(in.text()).value_or(Kind::kOther);  // a newer kind is some other kind
      tags_.push_back({kind, std::string(in.text())});
    }
    if (items % 2 != 0) in.skip();
  }
  if (!in.ok()) in_.fail();
}

void Unpacker::text(RedactedText& out) {
  out = {};
  if (!in_.at_array()) {
    out.text = copy();
    return;
  }
  const std::uint32_t items = in_.array();
  if (items % 3 != 1) return in_.fail();
  out.text = copy();
  // Spans do not overlap and are not empty, so a text has no more of them than bytes.
  if (items / 3 > out.text.size()) return in_.fail();
  out.spans.reserve(items / 3);
  for (std::uint32_t i = 0; i < items / 3; ++i) {
    const std::uint64_t begin = in_.number();
    const std::uint64_t size = in_.number();
    const std::uint64_t tag = in_.number();
    if (!in_.ok() || begin > UINT32_MAX || size > UINT32_MAX || tag >= tags_.size()) return in_.fail();
    out.spans.push_back(
        {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(size), tags_[tag].kind, tags_[tag].rule});
  }
  if (!spans_are_sound(out.text.size(), out.spans)) in_.fail();
}

void Unpacker::fields(std::vector<RedactedField>& out) {
  out.clear();
  const std::uint32_t items = in_.array();
  if (items % 2 != 0 || items / 2 > kMostFields) return in_.fail();
  out.reserve(items / 2);
  for (std::uint32_t i = 0; i < items / 2 && in_.ok(); ++i) {
    RedactedField& field = out.emplace_back();
    text(field.name);
    text(field.value);
  }
}

void Unpacker::words(std::vector<std::string>& out) {
  out.clear();
  const std::uint32_t items = in_.array();
  if (items > kMostWords) return in_.fail();
  for (std::uint32_t i = 0; i < items && in_.ok(); ++i) out.push_back(copy());
}

int Unpacker::small_number() {
  const std::int64_t value = in_.signed_number();
  if (value < INT32_MIN || value > INT32_MAX) in_.fail();
  return static_cast<int>(value);
}

// Where the content stands.
void Unpacker::elsewhere(BodyOf* equal) {
  if (equal == nullptr || in_.array() != 2) return in_.fail();
  equal->n = in_.number();
  const std::string_view side = in_.text();
  equal->response = side == names::kResponse;
  if (equal->n == 0 || (!equal->response && side != names::kRequest)) in_.fail();
}

void Unpacker::body(RedactedBody& out, BodyOf* equal) {
  for (std::uint32_t pairs = in_.map(); pairs > 0 && in_.ok(); --pairs) {
    const std::string_view key = in_.text();
    if (key == names::kContent)
      text(out.content);
    else if (key == names::kEqual)
      elsewhere(equal);
    else if (key == names::kCodings)
      words(out.codings);
    else if (key == names::kWireSize)
      out.wire_size = in_.number();
    else if (key == names::kOmitted)
      out.omitted = copy();
    else if (key == names::kDigest)
      out.digest = copy();
    else
      in_.skip();
  }
}

void Unpacker::origin(http::Origin& out) {
  if (in_.array() != 3) return in_.fail();
  const std::string_view scheme = in_.text();
  if (scheme != "http" && scheme != "https") return in_.fail();
  out.scheme = scheme == "http" ? http::Scheme::kHttp : http::Scheme::kHttps;
  out.host = copy();
  const std::uint64_t port = in_.number();
  if (port > UINT16_MAX) return in_.fail();
  out.port = static_cast<std::uint16_t>(port);
}

void Unpacker::request(RedactedRequest& out) {
  bool shows_query = false;
  std::optional<bool> says_has_query;
  for (std::uint32_t pairs = in_.map(); pairs > 0 && in_.ok(); --pairs) {
    const std::string_view key = in_.text();
    if (key == names::kMethod)
      out.method = copy(), has(kMethodBit);
    else if (key == names::kOrigin)
      origin(out.origin), has(kOriginBit);
    else if (key == names::kPath)
      text(out.path), has(kPathBit);
    else if (key == names::kQuery)
      text(out.query), shows_query = true;
    else if (key == names::kHasQuery)
      says_has_query = in_.boolean();
    else if (key == names::kMinorVersion)
      out.minor_version = small_number(), has(kRequestVersionBit);
    else if (key == names::kFields)
      fields(out.fields);
    else if (key == names::kTrailers)
      fields(out.trailers);
    else if (key == names::kBody)
      body(out.body, equal_ != nullptr ? &equal_->request : nullptr);
    else
      in_.skip();
  }
  out.has_query = says_has_query.value_or(shows_query);
}

void Unpacker::response(RedactedResponse& out) {
  for (std::uint32_t pairs = in_.map(); pairs > 0 && in_.ok(); --pairs) {
    const std::string_view key = in_.text();
    if (key == names::kStatus)
      out.status = small_number(), has(kStatusBit);
    else if (key == names::kReason)
      text(out.reason);
    else if (key == names::kMinorVersion)
      out.minor_version = small_number(), has(kResponseVersionBit);
    else if (key == names::kFields)
      fields(out.fields);
    else if (key == names::kTrailers)
      fields(out.trailers);
    else if (key == names::kBody)
      body(out.body, equal_ != nullptr ? &equal_->response : nullptr);
    else
      in_.skip();
  }
}

void Unpacker::failure(Failure& out) {
  if (in_.array() != 2) return in_.fail();
  word(failure_kind_from, out.kind);
  out.detail = copy();
}

void Unpacker::pieces(std::vector<Piece>& out) {
  out.clear();
  const std::uint32_t items = in_.array();
  if (items % 2 != 0 || items / 2 > kMostPieces) return in_.fail();
  out.reserve(items / 2);
  for (std::uint32_t i = 0; i < items / 2 && in_.ok(); ++i) {
    const std::uint64_t bytes = in_.number();
    out.push_back({bytes, in_.signed_number()});
  }
}

void Unpacker::timing(Timing& out) {
  if (in_.array() != 3) return in_.fail();
  out.request_us = in_.signed_number();
  out.first_byte_us = in_.signed_number();
  out.finished_us = in_.signed_number();
}

Result<RedactedParts> Unpacker::interaction() {
  RedactedParts parts;
  tags();
  for (std::uint32_t pairs = in_.map(); pairs > 0 && in_.ok(); --pairs) {
    const std::string_view key = in_.text();
    if (key == names::kRequest)
      request(parts.request = {}), has(kRequestBit);
    else if (key == names::kResponse)
      response(parts.response.emplace());
    else if (key == names::kFailure)
      failure(parts.failure.emplace());
    else if (key == names::kFraming)
      word(framing_from, parts.response_framing), has(kFramingBit);
    else if (key == names::kArrival)
      word(arrival_from, parts.arrival), has(kArrivalBit);
    else if (key == names::kPieces)
      pieces(parts.pieces);
    else if (key == names::kFlags)
      words(parts.flags);
    else if (key == names::kNotes)
      words(parts.notes);
    else if (key == names::kStep)
      parts.step = copy();
    else if (key == names::kTiming)
      timing(parts.timing), has(kTimingBit);
    else
      in_.skip();
  }
  if (!in_.ok() || !in_.at_end()) return fail(ErrorCode::kMalformed, "a record that does not parse");
  if (unknown_word_) return fail(ErrorCode::kUnsupported, "a record of a newer cvr; update cvr");
  const unsigned wanted = kAlways | (parts.response ? kAlwaysInResponse : 0);
  if ((always_ & wanted) != wanted) return fail(ErrorCode::kMalformed, "a record in which something is missing");
  return parts;
}

}  // namespace

Result<RedactedParts> unpack_parts(std::string_view msgpack, EqualBodies* equal) {
  return Unpacker(msgpack, equal).interaction();
}

}  // namespace cvr::cassette
