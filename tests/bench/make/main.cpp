// `cvr_bench_cassette FILE N`: a sealed cassette of N interactions with https://bench.test, quicker than it could be
// recorded.  Nine of ten are a GET of their own path (/n/0, /n/1 ...), the tenth is a POST to /orders with a body of
// its own: so there is a table with as many routes as interactions, many writes, and one route with very many
// recordings.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
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
  const bool is_order = i % 10 == 9;
  const std::string number = std::to_string(i);
  RedactedParts parts;
  parts.timing.started_utc_us = 1'772'000'000'000'000 + static_cast<std::int64_t>(i);
  parts.request.method = is_order ? "POST" : "GET";
  parts.request.origin.host = kHost;
  parts.request.path.text = is_order ? "/orders" : "/n/" + number;
  parts.request.fields = {kept("Host", kHost), kept("User-Agent", "cvr-load"), kept("Accept", "*/*")};
  if (is_order) {
    parts.request.fields.push_back(kept("Content-Type", "application/json"));
    parts.request.body.content.text = R"({"order":)" + number + R"(,"sentAt":"2026-01-31","seats":4})";
    parts.request.body.wire_size = parts.request.body.content.text.size();
  }
  parts.response.emplace();
  parts.response->status = 200;
  parts.response->body.content.text =
      R"({"number":)" + number + R"(,"shape":"round","open":true,"note":"entry of a list"})";
  parts.response->body.wire_size = parts.response->body.content.text.size();
  parts.response->fields = {kept("Content-Type", "application/json"),
                            kept("Content-Length", std::to_string(parts.response->body.wire_size))};
  parts.response_framing = Framing::kLength;
  RedactedInteraction out = RedactionPass::vouch(std::move(parts));
  out.set_key(match::key_of(out->request, rules));
  return out;
}

Result<void> make(const std::string& path, std::uint64_t count) {
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

}  // namespace
}  // namespace cvr::bench

int main(int argc, char** argv) {
  const std::uint64_t count = argc == 3 ? std::strtoull(argv[2], nullptr, 10) : 0;
  if (count == 0) {
    std::fputs("usage: cvr_bench_cassette FILE N\n", stderr);
    return 2;
  }
  const auto made = cvr::bench::make(argv[1], count);
  if (!made) std::fprintf(stderr, "cvr_bench_cassette: %s\n", made.error().text.c_str());
  return made ? 0 : 1;
}
