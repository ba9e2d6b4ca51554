// What `record`, `replay`, `run` and `proxy` were asked to do: typed, with units in the names.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "app/redaction.h"
#include "app/replay_options.h"
#include "cvr/match_rules.h"
#include "cvr/proxy.h"
#include "engine/mode.h"
#include "engine/sequences.h"

namespace cvr::app {

// Whether the recording of a run stands when its command fails.
enum class OnFailure : std::uint8_t { kByMode, kKeep, kDiscard };

struct RunOptions {
  engine::Mode mode = engine::Mode::kNone;
  std::vector<std::string> cassettes;   // the first is the one recorded to
  bool by_user = false;                 // proxy user names open sessions; `mode` is that of new ones
  std::string directory = "cassettes";  // where their cassettes are
  bool overwrite = false;
  bool durable = false;
  bool strict = false;
  bool allow_record_in_ci = false;
  std::uint64_t max_cassette_bytes = 0;
  engine::OnEnd on_end = engine::OnEnd::kDefault;
  bool stateful = false;  // reads are answered by the writes in between (engine/sequences.h)
  ProxyOptions proxy;
  Redaction redaction;
  match::MatchRules match = match::rules_for(profiles::default_profile());  // and the user's (app/match_rules.h)
  ReplayOptions replay;
  OnFailure on_failure = OnFailure::kByMode;
  std::string port_file;
  int ready_fd = -1;
  int grace_ms = 5000;
  bool quiet = false;
  std::function<void(const RedactedInteraction&)> on_record;  // told of each, from any thread
  bool json = false;                                          // the summary as one JSON object on stdout
  std::vector<std::string> without;  // clients whose own variables are not set (switchable_clients())
  std::vector<std::string> child;    // empty: until a signal comes
};

// `once` and `new_episodes` record what tests replay: half of it, from a run that failed, would be replayed too.
// `all` records what somebody wants to look at, the more so when it failed.
// `mode`: what was asked of the session.
inline bool discards_on_failure(const RunOptions& options, engine::Mode mode) {
  if (options.child.empty()) return false;
  if (options.on_failure != OnFailure::kByMode) return options.on_failure == OnFailure::kDiscard;
  return mode == engine::Mode::kOnce || mode == engine::Mode::kNewEpisodes;
}

}  // namespace cvr::app
