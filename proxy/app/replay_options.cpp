#include "app/replay_options.h"

#include "base/size.h"

namespace cvr::app {
namespace {

constexpr std::int64_t kLongestMs = std::int64_t{10'000} * 86'400'000;

}  // namespace

std::optional<std::int64_t> parse_max_age_us(std::string_view text) {
  const auto ms = parse_duration_ms(text);
  if (!ms || *ms < 1000 || *ms > kLongestMs) return std::nullopt;
  return *ms * 1000;
}

Result<void> check(const ReplayOptions& options, engine::Mode asked) {
  const bool replays = asked == engine::Mode::kNone || asked == engine::Mode::kOnce;
  if (options.max_age_us == 0 || options.on_stale != engine::OnStale::kRecord || !replays) return {};
  return fail(ErrorCode::kUsage, "--stale record: mode " + std::string(engine::to_string(asked)) +
                                     " does not forward; warn or fail, or cvr run --mode new_episodes");
}

void add_replay_parts(const ReplayOptions& options, const profiles::Profile& profile, const Clock& clock,
                      engine::SessionParts& parts) {
  if (!engine::facts_of(parts.mode).looks_up) return;
  if (!options.faults.empty()) parts.faults = std::make_unique<engine::Faults>(options.faults, options.seed);
  if (options.max_age_us == 0 && !profile.rebuild) return;
  parts.staleness = std::make_unique<engine::Staleness>(
      engine::AgeRules{options.max_age_us, options.on_stale, profile.rebuild}, clock);
}

}  // namespace cvr::app
