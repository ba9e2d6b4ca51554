// What `--fault`, `--seed`, `--max-age` and `--stale` were given, and how it becomes parts of a session.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "cvr/system.h"
#include "engine/session.h"
#include "profiles/profile.h"

namespace cvr::app {

struct ReplayOptions {
  std::vector<engine::Fault> faults;
  std::uint64_t seed = 1;       // fixed, so that a run can be repeated without being told how
  std::int64_t max_age_us = 0;  // 0: recordings do not age
  engine::OnStale on_stale = engine::OnStale::kWarn;
};

// "7d", "12h": at least a second, at most ten thousand days.
std::optional<std::int64_t> parse_max_age_us(std::string_view text);

// Errors (kUsage): `record` in a mode that forwards nothing.  `asked`: before `once` is resolved.
Result<void> check(const ReplayOptions& options, engine::Mode asked);

// Sets faults and staleness of a session that looks up.  `clock` must outlive the session.
void add_replay_parts(const ReplayOptions& options, const profiles::Profile& profile, const Clock& clock,
                      engine::SessionParts& parts);

}  // namespace cvr::app
