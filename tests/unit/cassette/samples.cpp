#include "samples.h"

namespace cvr::cassette {
namespace {

RedactedText text(std::string plain) { return {std::move(plain), {}}; }

RedactedBody body(std::size_t size) {
  RedactedBody body;
  for (std::size_t i = 0; body.content.text.size() < size; ++i) {
    body.content.text += R"({"id":"atrip-)" + std::to_string(7919 * i % 100003) + R"(","seats":8,"price":275.0},)";
  }
  body.content.text.resize(size);
  body.wire_size = size;
  return body;
}

}  // namespace

RedactedParts sample_parts(std::uint64_t n, std::size_t body_size) {
  RedactedParts parts;
  parts.request.method = "GET";
  parts.request.origin = {http::Scheme::kHttps, "sandbox.avinode.com", 443};
  parts.request.path = text("/api/trips/" + std::to_string(n));
  parts.request.fields = {{text("Accept"), text("application/json")},
                          {text("Authorization"), {"Bearer tok-17", {{7, 6, Kind::kToken, "header.credential"}}}}};
  parts.response.emplace();
  parts.response->status = 200;
  parts.response->reason = text("OK");
  parts.response->fields = {{text("Content-Type"), text("application/json")}};
  parts.response->body = body(body_size);
  parts.response_framing = Framing::kLength;
  parts.pieces = {{body_size, 120}};
  parts.timing = {1'772'000'000'000'000 + static_cast<std::int64_t>(n), 100, 2100, 2400};
  parts.key = {n, n + 1, n + 2, n + 3, 77};
  return parts;
}

RedactedInteraction sample(std::uint64_t n, std::size_t body_size) {
  return RedactionPass::vouch(sample_parts(n, body_size));
}

RedactedParts full_parts() {
  RedactedParts parts;
  const auto marked = [](std::string plain) {
    return RedactedText{std::move(plain), {{0, 2, Kind::kUuid, "ledger"}, {3, 1, Kind::kName, "profile.json"}}};
  };
  RedactedRequest& request = parts.request;
  request.method = "POST";
  request.origin = {http::Scheme::kHttp, "xn--bcher-kva.example", 8080};
  request.path = marked("/path");
  request.query = marked("a=b&c=d");
  request.has_query = true;
  request.minor_version = 0;
  request.fields = {{marked("X-Name"), marked("value")}, {text(""), text("\xff\x80 not UTF-8")}};
  request.body.content = marked(std::string("bytes\0\xff", 7));
  request.body.codings = {"gzip", "br"};
  request.body.wire_size = 123456789012;
  request.trailers = {{marked("Trailer"), marked("value")}};
  parts.response.emplace();
  RedactedResponse& response = *parts.response;
  response.status = 599;
  response.reason = marked("Odd reason");
  response.minor_version = 0;
  response.fields = {{marked("Set-Cookie"), marked("a=b; Path=/")}, {text("set-cookie"), text("c=d")}};
  response.body.omitted = "omitted: broken JSON";
  response.body.digest = "00ff";
  response.body.codings = {"zstd"};
  response.body.wire_size = 17;
  response.trailers = {{text("Digest"), marked("value")}};
  parts.failure = Failure{FailureKind::kReset, "the connection was reset after 17 bytes"};
  parts.response_framing = Framing::kChunked;
  parts.arrival = Arrival::kReverse;
  parts.pieces = {{10, 0}, {7, 70000}};
  parts.flags = {std::string(kFlagIncomplete), "a-flag-of-tomorrow"};
  parts.notes = {"etag kept although the body changed"};
  parts.step = "wrong-credential";
  parts.timing = {1'772'000'000'123'456, 1, -2, 3'000'000'000};
  parts.key = {~0ULL, 1, 0x0123456789abcdefULL, 3, 4};
  return parts;
}

Header sample_header() { return {2, "cvr 0.1.0", 1'772'000'000'000'000, "00112233"}; }

}  // namespace cvr::cassette
