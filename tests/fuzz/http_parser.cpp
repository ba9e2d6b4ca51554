// Whatever the gate accepts has one reading: fed whole or in pieces the verdict is the same, no
// message has two lengths, and the head written again from its parsed fields parses to the same value.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/escape.h"
#include "cvr/result.h"
#include "http/chunks.h"
#include "http/head.h"
#include "http/log_view.h"
#include "http/serialise.h"
#include "http/target.h"

namespace {

using namespace cvr;
using namespace cvr::http;
using Kind = HeadResult::Kind;

// Parses prefixes that grow by `piece` bytes, as from a socket.
template <class Parse>
HeadResult in_pieces(std::string_view bytes, std::size_t piece, Parse parse) {
  std::size_t scanned = 0;
  HeadResult result;
  for (std::size_t size = std::min(piece, bytes.size());; size = std::min(size + piece, bytes.size())) {
    result = parse(bytes.substr(0, size), scanned);
    if (result.kind != Kind::kNeedMore) return result;
    CVR_CHECK(scanned <= size);
    if (size == bytes.size()) return result;
  }
}

// What another reader might take for `name`: without case, blanks and '_'.
bool might_be(std::string_view line, std::string_view name) {
  std::string plain;
  for (const char c : line.substr(0, line.find(':'))) {
    if (c > ' ' && c != 0x7f) plain += c == '_' ? '-' : c;
  }
  return equals_ignoring_case(plain, name);
}

// Reads an accepted head line by line, knowing nothing of the parser.
void check_one_reading(std::string_view head, bool needs_host) {
  int framings = 0;
  int hosts = 0;
  if (head.starts_with("\r\n")) head.remove_prefix(2);
  bool is_first = true;
  while (head != "\r\n") {
    const std::size_t end = head.find("\r\n");
    CVR_CHECK(end != std::string_view::npos && end > 0);
    const std::string_view line = head.substr(0, end);
    for (const char c : line) CVR_CHECK(c == '\t' || static_cast<std::uint8_t>(c) >= 0x20);
    CVR_CHECK(line.find('\x7f') == std::string_view::npos && line[0] != ' ' && line[0] != '\t');
    if (!is_first) {
      CVR_CHECK(line.find(':') != std::string_view::npos);
      framings += might_be(line, "content-length") || might_be(line, "transfer-encoding");
      hosts += might_be(line, "host");
    }
    is_first = false;
    head.remove_prefix(end + 2);
  }
  CVR_CHECK(framings <= 1 && hosts <= 1 && (!needs_host || hosts == 1));
}

std::string written(std::string first_line, const Fields& fields) {
  std::string out = std::move(first_line) + "\r\n";
  for (const Field& field : fields) append_field(out, field.name, field.value);
  return out + "\r\n";
}

struct Decoded {
  ChunkDecoder::Kind kind = ChunkDecoder::Kind::kNeedMore;
  std::string data;
  std::size_t consumed = 0;
  Fields trailers;
};

Decoded decode(std::string_view bytes, std::size_t piece) {
  ChunkDecoder decoder;
  Decoded out;
  for (std::size_t have = 0;;) {
    const auto step = decoder.step(bytes.substr(out.consumed, have - out.consumed));
    CVR_CHECK(out.consumed + step.consumed <= have);
    out.kind = step.kind;
    out.consumed += step.consumed;
    out.data += step.data;
    if (step.kind == ChunkDecoder::Kind::kData) continue;
    if (step.kind != ChunkDecoder::Kind::kNeedMore || have == bytes.size()) break;
    have = std::min(bytes.size(), have + piece);
  }
  out.trailers = decoder.trailers();
  return out;
}

void check_chunks(std::string_view bytes, std::size_t piece) {
  const Decoded whole = decode(bytes, bytes.size());
  const Decoded split = decode(bytes, piece);
  CVR_CHECK(whole.kind == split.kind && whole.data == split.data && whole.trailers == split.trailers);
  if (whole.kind != ChunkDecoder::Kind::kDone) return;
  CVR_CHECK(whole.consumed == split.consumed);
  std::string again;
  append_chunk(again, whole.data);
  append_last_chunk(again, whole.trailers);
  const Decoded back = decode(again, again.size());
  CVR_CHECK(back.kind == ChunkDecoder::Kind::kDone && back.data == whole.data && back.trailers == whole.trailers);
}

void check_target(const RequestHead& head) {
  const auto target = parse_target(head.target, head.method == "CONNECT");
  if (!target) return;
  Request request;
  request.method = head.method;
  request.path = target->path;
  request.query = target->query;
  request.has_query = target->has_query;
  if (target->origin) {
    CVR_CHECK(is_valid_host(target->origin->host) && target->origin->port != 0);
    request.origin = *target->origin;
    const auto again = parse_origin(to_string(request.origin));
    CVR_CHECK(again && *again == request.origin);
  }
  const std::string line = log_view(request);
  CVR_CHECK(line.size() <= 200 && line == printable(line));
}

void check_request(std::string_view bytes, std::size_t piece) {
  const auto parse_into = [](RequestHead& head) {
    return [&head](std::string_view prefix, std::size_t& scanned) {
      return parse_request_head(prefix, scanned, HeadLimits{}, head);
    };
  };
  RequestHead head;
  RequestHead split_head;
  const HeadResult whole = in_pieces(bytes, bytes.size(), parse_into(head));
  const HeadResult split = in_pieces(bytes, piece, parse_into(split_head));
  CVR_CHECK(whole.kind == split.kind);
  if (whole.kind != Kind::kDone) return;
  CVR_CHECK(whole.consumed == split.consumed && whole.consumed <= bytes.size());
  check_one_reading(bytes.substr(0, whole.consumed), head.minor_version == 1);
  const Fields fields = to_fields(head.fields);
  const std::string again = written(
      std::string(head.method) + ' ' + std::string(head.target) + (head.minor_version == 1 ? " HTTP/1.1" : " HTTP/1.0"),
      fields);
  RequestHead other;
  CVR_CHECK(in_pieces(again, again.size(), parse_into(other)).consumed == again.size());
  CVR_CHECK(other.method == head.method && other.target == head.target && other.minor_version == head.minor_version);
  CVR_CHECK(to_fields(other.fields) == fields && other.host == head.host && other.framing == head.framing);
  CVR_CHECK(other.content_length == head.content_length && other.keep_alive == head.keep_alive);
  CVR_CHECK(other.expects_continue == head.expects_continue && other.wants_upgrade == head.wants_upgrade);
  check_target(head);
  if (head.framing == Framing::kChunked) check_chunks(bytes.substr(whole.consumed), piece);
}

void check_response(std::string_view bytes, std::size_t piece, std::string_view method) {
  const auto parse_into = [method](ResponseHead& head) {
    return [&head, method](std::string_view prefix, std::size_t& scanned) {
      return parse_response_head(prefix, scanned, HeadLimits{}, method, head);
    };
  };
  ResponseHead head;
  ResponseHead split_head;
  const HeadResult whole = in_pieces(bytes, bytes.size(), parse_into(head));
  const HeadResult split = in_pieces(bytes, piece, parse_into(split_head));
  CVR_CHECK(whole.kind == split.kind);
  if (whole.kind != Kind::kDone) return;
  CVR_CHECK(whole.consumed == split.consumed && whole.consumed <= bytes.size());
  check_one_reading(bytes.substr(0, whole.consumed), false);
  const Fields fields = to_fields(head.fields);
  const std::string again = written((head.minor_version == 1 ? "HTTP/1.1 " : "HTTP/1.0 ") +
                                        std::to_string(head.status) + ' ' + std::string(head.reason),
                                    fields);
  ResponseHead other;
  CVR_CHECK(in_pieces(again, again.size(), parse_into(other)).consumed == again.size());
  CVR_CHECK(other.status == head.status && other.reason == head.reason && other.minor_version == head.minor_version);
  CVR_CHECK(to_fields(other.fields) == fields && other.framing == head.framing);
  CVR_CHECK(other.content_length == head.content_length && other.keep_alive == head.keep_alive);
  if (head.framing == Framing::kChunked) check_chunks(bytes.substr(whole.consumed), piece);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  // The pieces' size comes from the input, so that a finding repeats.
  const std::size_t piece = size == 0 ? 1 : 1 + (data[size / 2] % 7);
  check_request(bytes, piece);
  for (const std::string_view method : {"GET", "HEAD", "CONNECT"}) check_response(bytes, piece, method);
  check_chunks(bytes, piece);
  return 0;
}
