// The cassette: encoding a record, appending it to a file, reading it back.
#include <benchmark/benchmark.h>

#include <string>

#include "cvr/cassette.h"
#include "micro/folder.h"
#include "micro/samples.h"

namespace cvr::bench {
namespace {

std::size_t size_of(const benchmark::State& state) { return static_cast<std::size_t>(state.range(0)); }

void encode(benchmark::State& state) {
  const RedactedInteraction exchange = redacted_exchange(false, size_of(state));
  for (auto _ : state) benchmark::DoNotOptimize(cassette::encode(exchange));
  state.SetBytesProcessed(state.iterations() * state.range(0));
}
BENCHMARK(encode)->ArgName("response")->Arg(1024)->Arg(16 * 1024);

void decode(benchmark::State& state) {
  const std::string payload = cassette::encode(redacted_exchange(false, size_of(state)));
  for (auto _ : state) benchmark::DoNotOptimize(cassette::decode(payload));
  state.SetBytesProcessed(state.iterations() * state.range(0));
}
BENCHMARK(decode)->ArgName("response")->Arg(1024)->Arg(16 * 1024);

void append(benchmark::State& state) {
  const Folder folder;
  cassette::OpenReport report;
  const auto writer = cassette::Writer::open(folder.file(), {}, &report);
  if (!writer) {
    state.SkipWithError(writer.error().text.c_str());
    return;
  }
  const RedactedInteraction exchange = redacted_exchange(false, size_of(state));
  for (auto _ : state) {
    if (!(*writer)->append(exchange)) {
      state.SkipWithError("append failed");
      break;
    }
  }
  state.SetBytesProcessed(state.iterations() * state.range(0));
}
BENCHMARK(append)->ArgName("response")->Arg(1024)->Arg(16 * 1024);

}  // namespace
}  // namespace cvr::bench
