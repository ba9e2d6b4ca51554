#include "make/made.h"

#include <utility>

#include "cvr/cassette.h"
#include "cvr/matcher.h"
#include "engine/hints.h"
#include "profiles/profile.h"

namespace cvr::bench {
namespace {

constexpr const char* kHost = "bench.test";

RedactedField kept(std::string name, std::string value) { return {{std::move(name), {}}, {std::move(value), {}}}; }

RedactedInteraction interaction(std::uint64_t i, const match::MatchRules& rules) {
  RedactedParts parts;
  parts.timing.started_utc_us = 1'772'000'000'000'000 + static_cast<std::int64_t>(i);
  parts.request = made_request(i);
  parts.response.emplace();
  parts.response->status = 200;
  parts.response->body.content.text =
      R"({"number":)" + std::to_string(i) + R"(,"shape":"round","open":true,"note":"entry of a list"})";
  parts.response->body.wire_size = parts.response->body.content.text.size();
  parts.response->fields = {kept("Content-Type", "application/json"),
                            kept("Content-Length", std::to_string(parts.response->body.wire_size))};
  parts.response_framing = Framing::kLength;
  RedactedInteraction out = RedactionPass::vouch(std::move(parts));
  out.set_key(match::key_of(out->request, rules));
  return out;
}

}  // namespace

RedactedRequest made_request(std::uint64_t i) {
  const bool is_order = i % 10 == 9;
  const std::string number = std::to_string(i);
  RedactedRequest out;
  out.method = is_order ? "POST" : "GET";
  out.origin.host = kHost;
  out.path.text = is_order ? "/orders" : "/n/" + number;
  out.fields = {kept("Host", kHost), kept("User-Agent", "cvr-load"), kept("Accept", "*/*")};
  if (is_order) {
    out.fields.push_back(kept("Content-Type", "application/json"));
    out.body.content.text = R"({"order":)" + number + R"(,"sentAt":"2026-01-31","seats":4})";
    out.body.wire_size = out.body.content.text.size();
  }
  return out;
}

Result<void> make_cassette(const std::string& path, std::uint64_t count) {
  const match::MatchRules rules = match::rules_for(profiles::default_profile());
  cassette::WriterOptions options;
  options.overwrite = true;
  options.header.tool = "cvr_bench_cassette";
  engine::write_hints(options);
  auto writer = cassette::Writer::open(path, std::move(options), nullptr);
  if (!writer) return std::unexpected(writer.error());
  for (std::uint64_t i = 0; i < count; ++i) {
    if (auto number = (*writer)->append(interaction(i, rules)); !number) return std::unexpected(number.error());
  }
  return (*writer)->seal();
}

}  // namespace cvr::bench
