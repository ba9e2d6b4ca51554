// What `record`, `replay`, `run` and `proxy` were asked to do: typed, with units in the names.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/redaction.h"
#include "cvr/proxy.h"
#include "engine/mode.h"
#include "engine/sequences.h"

namespace cvr::app {

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
  ProxyOptions proxy;
  Redaction redaction;
  std::string port_file;
  int ready_fd = -1;
  int grace_ms = 5000;
  bool quiet = false;
  bool json = false;               // the summary as one JSON object on stdout
  std::vector<std::string> child;  // empty: until a signal comes
};

}  // namespace cvr::app
