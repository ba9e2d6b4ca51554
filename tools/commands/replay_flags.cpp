#include "commands/replay_flags.h"

namespace cvr::commands {

void ReplayFlags::declare(cli::Options& options) {
  options.list("--fault", faults_,
               "replay: 'METHOD PATH: status=503 [retry-after=S]', reset, truncate=BYTES, delay=2s; and rate=0.3, "
               "times=N, after=N; * for any, repeatable");
  options.number("--seed", seed_, "which requests a rate hits (default 1)");
  options.text("--max-age", max_age_, "replay: recordings older than this are stale: 7d, 12h");
  options.text("--stale", stale_, "warn (default), fail: a miss, or record: anew, with --mode new_episodes");
}

Result<app::ReplayOptions> ReplayFlags::load(const app::Config& config) const {
  app::ReplayOptions out;
  const auto* told = app::values_of(config, "fault");
  for (const std::string& text : faults_.empty() && told != nullptr ? *told : faults_) {
    auto fault = engine::parse_fault(text);
    if (!fault) return std::unexpected(fault.error());
    out.faults.push_back(std::move(*fault));
  }
  if (seed_ < 0) return fail(ErrorCode::kUsage, "--seed takes a number, not a negative one");
  out.seed = static_cast<std::uint64_t>(seed_);
  const auto either = [&](const std::string& given, const char* key) {
    const auto* values = app::values_of(config, key);
    return given.empty() && values != nullptr && !values->empty() ? values->front() : given;
  };
  const std::string max_age = either(max_age_, "max_age");
  const std::string stale = either(stale_, "stale");
  if (!max_age.empty()) {
    const auto us = app::parse_max_age_us(max_age);
    if (!us) return fail(ErrorCode::kUsage, "--max-age " + max_age + ": a duration is needed: 7d, 12h, 90m");
    out.max_age_us = *us;
  }
  if (!stale.empty()) {
    const auto action = engine::on_stale_from(stale);
    if (!action) return fail(ErrorCode::kUsage, "--stale " + stale + ": warn, fail or record is needed");
    out.on_stale = *action;
  }
  if (!stale_.empty() && max_age.empty())
    return fail(ErrorCode::kUsage, "--stale goes with --max-age, as in --max-age 7d");
  return out;
}

}  // namespace cvr::commands
