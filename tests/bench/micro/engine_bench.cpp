// Replay from a sealed cassette: from opening it to the first answer, and finding among few and among many.
#include <benchmark/benchmark.h>

#include <filesystem>
#include <string>

#include "engine/player.h"
#include "make/made.h"
#include "micro/folder.h"
#include "profiles/profile.h"

namespace cvr::bench {
namespace {

// Made once a run.
std::string made(std::uint64_t count) {
  static const Folder folder;
  const std::string path = folder.file(std::to_string(count) + ".cvr");
  if (!std::filesystem::exists(path) && !make_cassette(path, count)) return {};
  return path;
}

match::MatchRules rules(bool others) {
  match::MatchRules out = match::rules_for(profiles::default_profile());
  if (others) {
    out.parts.query_names.push_back({"ts", match::parse_comparison("any").value()});
    out.parts.json_values.push_back({"/sentAt", match::parse_comparison("any").value()});
  }
  match::finish_rules(out);
  return out;
}

std::unique_ptr<engine::Player> opened(const std::string& path, bool others, bool stateful) {
  auto reader = cassette::Reader::open(path);
  if (!reader) return nullptr;
  std::vector<std::unique_ptr<cassette::Reader>> readers;
  readers.push_back(std::move(*reader));
  return std::make_unique<engine::Player>(std::move(readers), rules(others), engine::OnEnd::kLast, stateful);
}

bool answers(engine::Player& player, const RedactedRequest& request) {
  return std::holds_alternative<engine::Hit>(player.answer(request, nullptr));
}

// `ask`: 0 a path of its own, 9 one of a tenth of all that go to one path.
void open_to_first_answer(benchmark::State& state) {
  const auto count = static_cast<std::uint64_t>(state.range(0));
  const std::string path = made(count);
  const RedactedRequest request = made_request(count / 20 * 10 + static_cast<std::uint64_t>(state.range(3)));
  for (auto _ : state) {
    const auto player = opened(path, state.range(1) != 0, state.range(2) != 0);
    if (player == nullptr || !answers(*player, request)) return state.SkipWithError("no answer");
  }
}
BENCHMARK(open_to_first_answer)
    ->ArgNames({"interactions", "other_rules", "stateful", "ask"})
    ->ArgsProduct({{100, 1'000'000}, {0, 1}, {0, 1}, {0}})
    ->Args({1'000'000, 1, 0, 9})
    ->Unit(benchmark::kMillisecond);

// Each of 100 requests again and again: what is found has been found before.
void answer_again(benchmark::State& state) {
  const auto count = static_cast<std::uint64_t>(state.range(0));
  const auto player = opened(made(count), state.range(1) != 0, false);
  if (player == nullptr) return state.SkipWithError("no cassette");
  std::vector<RedactedRequest> asked;
  for (std::uint64_t i = 0; asked.size() < 90; ++i) {
    if (i % 10 != 9) asked.push_back(made_request(i * (count / 100) / 10 * 10));
  }
  for (const RedactedRequest& request : asked) {
    if (!answers(*player, request)) return state.SkipWithError("no answer");
  }
  std::size_t at = 0;
  for (auto _ : state) benchmark::DoNotOptimize(player->answer(asked[at++ % asked.size()], nullptr));
}
BENCHMARK(answer_again)->ArgNames({"interactions", "other_rules"})->ArgsProduct({{100, 10'000, 1'000'000}, {0, 1}});

}  // namespace
}  // namespace cvr::bench
