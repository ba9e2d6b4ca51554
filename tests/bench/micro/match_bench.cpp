// Matching: the identity of a live request, and finding it among many.
#include <benchmark/benchmark.h>

#include <random>

#include "cvr/matcher.h"
#include "micro/samples.h"
#include "profiles/profile.h"

namespace cvr::bench {
namespace {

void key_of(benchmark::State& state) {
  const RedactedInteraction exchange = redacted_exchange(state.range(0) != 0);
  const match::MatchRules rules = match::rules_for(profiles::default_profile());
  for (auto _ : state) benchmark::DoNotOptimize(match::key_of(exchange->request, rules));
}
BENCHMARK(key_of)->ArgName("body")->Arg(0)->Arg(1);

void index_find(benchmark::State& state) {
  std::mt19937_64 random(1);
  std::vector<MatchKey> keys(static_cast<std::size_t>(state.range(0)));
  for (MatchKey& key : keys) key = {random(), random(), random(), random(), 1};
  const match::Index index(keys);
  std::size_t at = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(index.find(keys[at]));
    at = (at + 61'803) % keys.size();
  }
}
BENCHMARK(index_find)->ArgName("interactions")->Arg(100)->Arg(100'000);

}  // namespace
}  // namespace cvr::bench
