#include "app/session_lines.h"

#include <algorithm>

#include "app/summary.h"
#include "base/escape.h"
#include "base/json_writer.h"
#include "engine/session_json.h"

namespace cvr::app {
namespace {

std::string counted(std::uint64_t n, const char* what) { return std::to_string(n) + ' ' + what + (n == 1 ? "" : "s"); }

}  // namespace

std::string session_line(const engine::Ended& session, bool strict) {
  const engine::Summary& s = session.summary;
  const engine::ModeFacts& mode = engine::facts_of(*engine::mode_from(s.mode));
  std::string out = (s.name == engine::kUnnamedSession ? "without a name" : s.name) + ": ";
  if (mode.looks_up || s.hits + s.misses > 0) {
    out += std::to_string(s.hits) + " hits, " + std::to_string(s.misses) + " misses, " + std::to_string(s.unused) +
           " unused; ";
  }
  if (s.discarded && s.recorded > 0) {
    out += "discarded " + counted(s.recorded, "interaction") + ", " + session.cassette + " is as it was before; ";
  } else if (mode.records || s.recorded > 0) {
    out += "recorded " + counted(s.recorded, "interaction") + " to " + session.cassette + "; ";
  }
  if (!mode.looks_up && !mode.records) out += "passed " + counted(s.forwarded, "exchange") + " through; ";
  if (s.lost > 0) out += "gap: " + counted(s.lost, "interaction") + " not recorded: " + s.lost_reason + "; ";
  if (s.cut > 0) out += counted(s.cut, "exchange") + " cut by the end of --grace; ";
  if (!session.sealed) out += "not sealed: " + session.sealed.error().text + "; ";
  out.resize(out.size() - 2);
  out += "\n";
  // Told in full when they came up.
  if (!s.warnings.empty()) {
    out += "  warnings above: " + std::to_string(s.warnings.size()) + "\n";
  }
  if (!strict) return out;
  for (const auto& unused : s.unused_list) {
    out +=
        "  unused: #" + std::to_string(unused.n) + " " + printable(unused.method) + " " + printable(unused.url) + "\n";
  }
  return out;
}

std::string sessions_json(const std::vector<engine::Ended>& sessions) {
  json::Writer w;
  w.begin_object().key("sessions").begin_array();
  for (const engine::Ended& session : sessions) {
    std::string text = engine::full_json(session.summary, session.cassette);
    while (text.ends_with('\n')) text.pop_back();
    w.raw(text);
  }
  w.end_array().end_object();
  return w.take() + "\n";
}

int sessions_status(const std::vector<engine::Ended>& sessions, bool strict) {
  int worst = 0;
  for (const engine::Ended& session : sessions) {
    worst = std::max(worst, session.sealed ? summary_status(session.summary, strict) : 3);
  }
  return worst;
}

}  // namespace cvr::app
