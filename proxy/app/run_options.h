// What `record`, `replay` and `run` were asked to do: typed, with units in the names.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/redaction.h"
#include "cvr/match_rules.h"
#include "cvr/proxy.h"
#include "engine/mode.h"
#include "engine/sequences.h"

namespace cvr::app {

struct RunOptions {
  engine::Mode mode = engine::Mode::kNone;
  std::vector<std::string> cassettes;  // the first is the one recorded to
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
  std::string port_file;
  int ready_fd = -1;
  int grace_ms = 5000;
  bool quiet = false;
  bool json = false;               // the summary as one JSON object on stdout
  std::vector<std::string> child;  // empty: until a signal comes
};

}  // namespace cvr::app
