#include "micro/samples.h"

#include <string>
#include <utility>

#include "support/random.h"

namespace cvr::bench {
namespace {

constexpr const char* kHost = "sandbox.avinode.com";

std::string json_list(std::size_t bytes) {
  std::string text = R"({"meta":{"page":1},"data":[)";
  for (int i = 0; text.size() + 80 < bytes; ++i) {
    if (i > 0) text += ',';
    text += R"({"item":)" + std::to_string(i) + R"(,"shape":"round","open":true,"note":"entry of a list"})";
  }
  return text + "]}";
}

RedactedText pseudonym(std::string text, Kind kind, std::string rule) {
  const auto size = static_cast<std::uint32_t>(text.size());
  return {std::move(text), {Span{0, size, kind, std::move(rule)}}};
}

RedactedField kept(std::string name, std::string value) { return {{std::move(name), {}}, {std::move(value), {}}}; }

}  // namespace

Interaction raw_exchange(bool with_body, std::size_t response_bytes) {
  Interaction raw;
  raw.request.method = with_body ? "POST" : "GET";
  raw.request.origin.host = kHost;
  raw.request.path = "/api/trips";
  raw.request.query = "page%5Bnumber%5D=2&filter=departure&sort=-updated";
  raw.request.has_query = true;
  raw.request.fields = {{"Host", kHost},
                        {"User-Agent", "bench"},
                        {"Accept", "application/json"},
                        {"Authorization", "Bearer " + test::random_jwt()},
                        {"X-Avinode-ApiToken", test::random_uuid()},
                        {"X-Avinode-SentTimestamp", "2026-01-31T12:00:00Z"}};
  if (with_body) {
    raw.request.fields.push_back({"Content-Type", "application/json"});
    raw.request.body = json_list(1024);
  }
  raw.response = http::Response{};
  raw.response->fields = {{"Content-Type", "application/json"}, {"Date", "Sat, 31 Jan 2026 12:00:00 GMT"}};
  raw.response->body = json_list(response_bytes);
  raw.response_framing = Framing::kLength;
  return raw;
}

RedactedInteraction redacted_exchange(bool with_body, std::size_t response_bytes) {
  const Interaction raw = raw_exchange(with_body, response_bytes);
  RedactedParts parts;
  parts.request.method = raw.request.method;
  parts.request.origin = raw.request.origin;
  parts.request.path.text = raw.request.path;
  parts.request.query.text = raw.request.query;
  parts.request.has_query = true;
  parts.request.fields = {
      kept("Host", kHost),
      kept("User-Agent", "bench"),
      kept("Accept", "application/json"),
      {{"Authorization", {}}, {"Bearer " + std::string(200, 'a'), {Span{7, 200, Kind::kJwt, "jwt"}}}},
      {{"X-Avinode-ApiToken", {}}, pseudonym(std::string(36, 'b'), Kind::kUuid, "profile.header")},
      kept("X-Avinode-SentTimestamp", "2026-01-31T12:00:00Z")};
  if (with_body) parts.request.fields.push_back(kept("Content-Type", "application/json"));
  parts.request.body.content.text = raw.request.body;
  parts.request.body.wire_size = raw.request.body.size();
  parts.response = RedactedResponse{};
  parts.response->status = 200;
  parts.response->fields = {kept("Content-Type", "application/json"), kept("Date", "Sat, 31 Jan 2026 12:00:00 GMT")};
  parts.response->body.content.text = raw.response->body;
  parts.response->body.wire_size = raw.response->body.size();
  parts.response_framing = Framing::kLength;
  return RedactionPass::vouch(std::move(parts));
}

}  // namespace cvr::bench
