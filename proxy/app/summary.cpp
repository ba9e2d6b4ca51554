#include "app/summary.h"

#include "base/escape.h"
#include "base/json_writer.h"

namespace cvr::app {
namespace {

std::string counted(std::uint64_t n, const char* one, const char* many) {
  return std::to_string(n) + ' ' + (n == 1 ? one : many);
}

}  // namespace

std::string summary_text(const engine::Summary& s, const std::string& cassette, bool strict) {
  std::string out;
  const engine::ModeFacts& mode = engine::facts_of(*engine::mode_from(s.mode));
  if (mode.looks_up) {
    out += std::to_string(s.hits) + " hits, " + std::to_string(s.misses) + " misses, " + std::to_string(s.unused) +
           " unused\n";
  }
  if (mode.records) {
    out += "recorded " + counted(s.recorded, "interaction", "interactions") + " to " + cassette;
    if (s.failures > 0) out += " (" + counted(s.failures, "upstream failure", "upstream failures") + ")";
    out += "\n";
  } else if (mode.forwards) {
    out += "passed " + counted(s.forwarded, "exchange", "exchanges") + " through, nothing recorded\n";
  }
  if (s.lost > 0) {
    out += "gap: " + counted(s.lost, "interaction was", "interactions were") + " not recorded: " + s.lost_reason + "\n";
  }
  if (s.cut > 0) {
    out += counted(s.cut, "exchange was", "exchanges were") +
           " cut before an answer by the end of --grace, and not recorded\n";
  }
  if (s.purged > 0) {
    out += counted(s.purged, "record held a secret", "records held secrets") + " that became known later, and " +
           (s.purged == 1 ? "was" : "were") + " redacted again\n";
  }
  if (s.loosened > 0) {
    out += counted(s.loosened, "hit", "hits") + " only by rules of [match] (cvr match rules shows them):\n";
    for (const match::Nearest& hit : s.loosened_list) {
      out += "loosened: #" + std::to_string(hit.n) + " " + printable(hit.method) + " " + printable(hit.url) + "  " +
             hit.difference.rule + ": asked " + hit.difference.asked + ", recorded " + hit.difference.recorded + "\n";
    }
  }
  for (const std::string& warning : s.warnings) out += "warning: " + warning + "\n";
  if (s.misses > 0)
    out += "a miss is explained above and in the client's answer; `cvr ls " + cassette + "` lists what is recorded\n";
  if (strict) {
    for (const auto& unused : s.unused_list) {
      out +=
          "unused: #" + std::to_string(unused.n) + " " + printable(unused.method) + " " + printable(unused.url) + "\n";
    }
    if (s.unused > s.unused_list.size())
      out += "unused: and " + std::to_string(s.unused - s.unused_list.size()) + " more\n";
  }
  return out;
}

std::string summary_json(const engine::Summary& s, const std::string& cassette) {
  json::Writer w;
  w.begin_object().member("mode", s.mode).member("cassette", cassette);
  w.member("hits", s.hits).member("misses", s.misses).member("unused", s.unused);
  w.member("forwarded", s.forwarded).member("recorded", s.recorded).member("failures", s.failures);
  w.member("refused", s.refused).member("lost", s.lost);
  if (s.lost > 0) w.member("lost_reason", s.lost_reason);
  if (s.cut > 0) w.member("cut", s.cut);
  if (s.purged > 0) w.member("purged", s.purged);
  w.member("loosened", s.loosened).key("loosened_interactions").begin_array();
  for (const match::Nearest& hit : s.loosened_list) {
    w.begin_object().member("n", hit.n).member("method", hit.method).member("url", hit.url);
    w.member("rule", hit.difference.rule).member("asked", hit.difference.asked);
    w.member("recorded", hit.difference.recorded).end_object();
  }
  w.end_array().key("miss_reports").begin_array();
  for (const auto& report : s.miss_reports) {
    std::string text = match::to_json(report);
    while (text.ends_with('\n')) text.pop_back();
    w.raw(text);
  }
  w.end_array().key("unused_interactions").begin_array();
  for (const auto& unused : s.unused_list) {
    w.begin_object().member("n", unused.n).member("method", unused.method).member("url", unused.url).end_object();
  }
  w.end_array().key("warnings").begin_array();
  for (const std::string& warning : s.warnings) w.value(warning);
  w.end_array().end_object();
  return w.take() + "\n";
}

int summary_status(const engine::Summary& s, bool strict) {
  if (s.lost > 0) return 3;
  if (s.misses > 0 || (strict && s.unused > 0)) return 1;
  return 0;
}

}  // namespace cvr::app
