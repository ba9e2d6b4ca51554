// How old an answer may be: `--max-age 7d --stale warn|fail|record`, by the time at which each interaction
// was recorded; and what is older than the vendor's last rebuild, after which recorded ids name nothing there.
//
//   warn     it answers; told once an interaction
//   fail     it is a miss whose reason says how old it is, also in a mode that forwards misses
//   record   the request is forwarded and recorded anew (new_episodes)
//
// A stale recording is passed over, not removed: with fail and record, a younger one of the same request
// answers when there is one.  So what `record` has recorded answers from the next session on.
//
// Threads: any.  The clock must outlive the object.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "cvr/system.h"
#include "engine/player.h"
#include "engine/scope.h"
#include "profiles/profile.h"

namespace cvr::engine {

enum class OnStale : std::uint8_t { kWarn, kFail, kRecord };
std::string_view to_string(OnStale action);
std::optional<OnStale> on_stale_from(std::string_view word);

struct AgeRules {
  std::int64_t max_age_us = 0;  // 0: no limit
  OnStale on_stale = OnStale::kWarn;
  std::optional<profiles::Rebuild> rebuild;
};

struct AgeSummary {
  std::int64_t max_age_us = 0;
  OnStale on_stale = OnStale::kWarn;
  std::uint64_t stale = 0;  // interactions that a request met
  std::uint64_t oldest_n = 0;
  std::int64_t oldest_age_us = 0;
  std::uint64_t before_rebuild = 0;         // answers recorded before it
  std::int64_t rebuild_utc_us = 0;          // the last one before this session began
  std::vector<std::uint64_t> numbers = {};  // the first 100 of the stale ones, as they were met
};

class Staleness {
 public:
  Staleness(AgeRules rules, const Clock& clock);

  // Told of each stale interaction once, from any thread.  Set before the first request.
  void on_warning(std::function<void(const std::string&)> callback) { on_warning_ = std::move(callback); }

  // What the player answers, stale recordings passed over as the rules say.
  std::variant<Hit, NoAnswer> answer(Player& player, const RedactedRequest& request, const LinkMap* links);

  AgeSummary summary() const;
  const AgeRules& rules() const { return rules_; }

 private:
  bool meets_stale(const Playback& playback);  // notes it
  void note_rebuild(const Playback& playback, const RedactedRequest& request);

  const AgeRules rules_;
  const std::int64_t rebuild_utc_us_;  // 0: none
  const Scope rebuilt_;
  const Clock& clock_;
  std::function<void(const std::string&)> on_warning_;
  std::atomic<std::uint64_t> before_rebuild_{0};
  mutable std::mutex mutex_;  // guards the two below
  std::vector<bool> met_;     // by number
  AgeSummary summary_;
};

// The beginning of the last rebuild at or before `now`.
std::int64_t last_rebuild_utc_us(const profiles::Rebuild& rebuild, std::int64_t now_utc_us);

// "9 days", "25 hours", "40 minutes", "3 seconds": rounded down, two of a unit at least where it can be.
std::string age_text(std::int64_t us);

}  // namespace cvr::engine
