// Redaction: of a live request (each replayed request pays for it), of a whole exchange, and of large bodies
// under 50 rules of the user's and 1,000 known values (the goal: JSON at 150 MB/s a core).
#include <benchmark/benchmark.h>

#include <functional>
#include <string>
#include <string_view>

#include "base/base64.h"
#include "cvr/redactor.h"
#include "micro/samples.h"
#include "profiles/profile.h"
#include "support/random.h"

namespace cvr::bench {
namespace {

RedactorOptions options() {
  RedactorOptions options;
  options.profile = &profiles::default_profile();
  options.key.bytes.fill(7);
  return options;
}

void redact_request(benchmark::State& state) {
  const Redactor redactor(options());
  const Interaction raw = raw_exchange(state.range(0) != 0);
  for (auto _ : state) benchmark::DoNotOptimize(redactor.redact_request(raw.request));
}
BENCHMARK(redact_request)->ArgName("body")->Arg(0)->Arg(1);

void redact(benchmark::State& state) {
  const Redactor redactor(options());
  const Interaction raw = raw_exchange(false, static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(redactor.redact(raw));
  state.SetBytesProcessed(state.iterations() * state.range(0));
}
BENCHMARK(redact)->ArgName("response")->Arg(1024)->Arg(16 * 1024)->Arg(1024 * 1024);

// 25 keys at any depth, 10 JSON Pointers, 8 names of queries, 5 headers, 2 regular expressions.
profiles::Profile fifty_rules() {
  profiles::Profile profile = profiles::default_profile();
  for (int i = 0; i < 25; ++i) profile.secret_json.push_back({"house" + std::to_string(i) + "Key"});
  for (int i = 0; i < 10; ++i) profile.secret_json.push_back({"/data/*/owner/field" + std::to_string(i)});
  for (int i = 0; i < 8; ++i) profile.secret_query.push_back({"house" + std::to_string(i)});
  for (int i = 0; i < 5; ++i) profile.secret_headers.push_back({"X-House-" + std::to_string(i)});
  profile.patterns.push_back({"HX-[0-9]{6}-[A-Z]{3}"});
  profile.patterns.push_back({"acct:[a-z0-9]{12}"});
  return profile;
}

std::string filled(std::size_t bytes, const std::function<std::string(int)>& item, std::string_view open,
                   std::string_view close) {
  std::string text(open);
  for (int i = 0; text.size() + 200 < bytes; ++i) text += item(i);
  return text += close;
}

std::string body_of(std::string_view what) {
  constexpr std::size_t kSize = 1u << 20;
  const auto json = [&](auto item) { return filled(kSize, item, R"({"meta":{"page":1},"data":[0)", "]}"); };
  if (what == "json") {
    return json([](int i) {
      return R"(,{"id":)" + std::to_string(i) + R"(,"item":"foo bar )" + std::to_string(i) +
             R"(","values":[1.5,"abc",275.0],"open":true,"seen":"2026-01-31T12:00:00Z"})";
    });
  }
  if (what == "escapes") {
    return json([](int i) {
      return R"(,{"id":)" + std::to_string(i) + R"(,"link":"https:\/\/x.example\/trips\/)" + std::to_string(i) +
             R"(","note":"caf\u00e9 \"quoted\"\n"})";
    });
  }
  if (what == "ids") {
    return json([](int i) {
      return R"(,{"id":")" + test::random_uuid() + R"(","digest":")" + (i % 4 == 0 ? test::random_hex(64) : "none") +
             R"(","state":"open"})";
    });
  }
  if (what == "images") {
    return json([](int i) {
      return R"(,{"id":)" + std::to_string(i) + R"(,"photo":"data:image/png;base64,)" +
             base64_encode(test::random_text(6000, "\x01\x80\xff#aB9 .\x1b\xc3\xa9\n")) + R"("})";
    });
  }
  if (what == "trips") {
    return json([](int i) {
      const std::string id = "atrip-" + std::to_string(4000000 + i);
      return R"(,{"id":")" + id + R"(","href":"https://sandbox.avinode.com/api/trips/)" + id +
             R"(","type":"trips","segments":[{"startAirport":{"icao":"KTEB","name":"Teterboro"},"paxCount":"4",)"
             R"("dateTime":{"date":"2026-11-25","time":"10:30"}}],"sellerPrice":{"price":12750.50,"currency":"USD"},)"
             R"("actions":{"view":{"httpMethod":"GET","href":"https://sandbox.avinode.com/marketplace/mvc/trips/)" +
             id + R"(?source=api"}}})";
    });
  }
  return filled(kSize, [](int i) { return "a" + std::to_string(i % 90) + "@b.example.com "; }, "", "");
}

void redact_body(benchmark::State& state, std::string_view what) {
  const profiles::Profile profile = fifty_rules();
  RedactorOptions with = options();
  with.profile = &profile;
  for (int i = 0; i < 1000; ++i) with.secrets.push_back(test::random_base64url(32));
  const Redactor redactor(std::move(with));
  Interaction raw = raw_exchange(false, 16);
  raw.response->body = body_of(what);
  if (what == "mails") raw.response->fields[0].value = "text/plain";
  for (auto _ : state) benchmark::DoNotOptimize(redactor.redact(raw));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(raw.response->body.size()));
}
BENCHMARK_CAPTURE(redact_body, json, "json");
BENCHMARK_CAPTURE(redact_body, json_escapes, "escapes");
BENCHMARK_CAPTURE(redact_body, json_images, "images");
BENCHMARK_CAPTURE(redact_body, json_trips, "trips");
BENCHMARK_CAPTURE(redact_body, json_ids, "ids");
BENCHMARK_CAPTURE(redact_body, mails, "mails");

}  // namespace
}  // namespace cvr::bench
