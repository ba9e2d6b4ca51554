// Redaction: of a live request (each replayed request pays for it) and of a whole exchange.
#include <benchmark/benchmark.h>

#include "cvr/redactor.h"
#include "micro/samples.h"
#include "profiles/profile.h"

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

}  // namespace
}  // namespace cvr::bench
