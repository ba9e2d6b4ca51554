#include "app/summary.h"

#include "base/escape.h"
#include "engine/session_json.h"
#include "exporters/common.h"

namespace cvr::app {
namespace {

std::string counted(std::uint64_t n, const char* one, const char* many) {
  return std::to_string(n) + ' ' + (n == 1 ? one : many);
}

// What was recorded anew stands behind the old, which replays without --max-age play first.
std::string how_to_drop(const engine::AgeSummary& ages, const std::string& cassette) {
  if (ages.numbers.size() != ages.stale) return {};
  std::string list;
  for (const std::uint64_t n : ages.numbers) list += (list.empty() ? "" : ",") + std::to_string(n);
  return "  without --max-age the old ones still play first; without them:  cvr trim " + cassette + " --drop " + list +
         " -o NEW\n";
}

// Everything that made this replay differ from what was recorded.
std::string replay_notes(const engine::Summary& s, const std::string& cassette) {
  std::string out;
  for (const engine::FaultCount& fault : s.faults) {
    out += "fault '" + printable(fault.text) + "': fired " + counted(fault.fired, "time", "times") + ", " +
           counted(fault.matched, "request", "requests") + " matched (--seed " + std::to_string(s.fault_seed) + ")\n";
  }
  if (!s.ages) return out;
  if (s.ages->stale > 0) {
    constexpr const char* kDone[] = {"and answered", "and answered nothing", "and asked for anew"};
    out += "stale: " + counted(s.ages->stale, "interaction", "interactions") + " older than --max-age " +
           engine::age_text(s.ages->max_age_us) + " " + kDone[static_cast<std::size_t>(s.ages->on_stale)] +
           "; the oldest is #" + std::to_string(s.ages->oldest_n) + ", recorded " +
           engine::age_text(s.ages->oldest_age_us) + " ago\n";
    if (s.ages->on_stale == engine::OnStale::kRecord) out += how_to_drop(*s.ages, cassette);
  }
  if (s.ages->before_rebuild > 0) {
    out += "note: " + counted(s.ages->before_rebuild, "answer was", "answers were") +
           " recorded before the vendor's rebuild of " + exporters::utc_text(s.ages->rebuild_utc_us) +
           "; ids in them are gone upstream\n";
  }
  return out;
}

std::string loosened_notes(const engine::Summary& s) {
  std::string out;
  if (s.loosened > 0) {
    out +=
        counted(s.loosened, "hit", "hits") +
        " by a looser match: a rule of [match] (see: cvr match rules), a dummy for a recorded secret, or another value "
        "where people's are hidden:\n";
    for (const match::Nearest& hit : s.loosened_list) {
      out += "loosened: #" + std::to_string(hit.n) + " " + printable(hit.method) + " " + printable(hit.url) + "  " +
             hit.difference.rule + ": asked " + hit.difference.asked + ", recorded " + hit.difference.recorded + "\n";
    }
  }
  return out;
}

}  // namespace

std::string discard_text(const engine::Summary& s, const std::string& cassette) {
  if (!s.discarded || s.recorded == 0) return {};
  return "discarded the " + counted(s.recorded, "interaction", "interactions") +
         " of this run, since the command failed: " + cassette + " is as it was before; --keep-on-failure keeps them\n";
}

std::string summary_text(const engine::Summary& s, const std::string& cassette, bool strict) {
  std::string out;
  const engine::ModeFacts& mode = engine::facts_of(*engine::mode_from(s.mode));
  if (mode.looks_up) {
    out += std::to_string(s.hits) + " hits, " + std::to_string(s.misses) + " misses, " + std::to_string(s.unused) +
           " unused\n";
  }
  if (mode.records && s.discarded && s.recorded > 0) {
    out += discard_text(s, cassette);
  } else if (mode.records) {
    out += "recorded " + counted(s.recorded, "interaction", "interactions") + " to " + cassette;
    if (s.failures > 0) out += " (" + counted(s.failures, "upstream failure", "upstream failures") + ")";
    out += "\n";
  } else if (mode.forwards) {
    out += "passed " + counted(s.forwarded, "exchange", "exchanges") + " through, nothing recorded\n";
  }
  for (const auto& [reason, count] : s.left_out) {
    out += counted(count, "answer is", "answers are") + " without body, and no replay can give " +
           (count == 1 ? "it: " : "them: ") +
           reason.substr(reason.find(": ") == reason.npos ? 0 : reason.find(": ") + 2);
    if (reason.ends_with("over the body limit")) out += "; --body-limit raises it";
    out += "\n";
  }
  if (s.lost > 0) {
    out += "gap: " + counted(s.lost, "interaction was", "interactions were") + " not recorded: " + s.lost_reason + "\n";
  }
  if (s.refused > 0) {
    out += counted(s.refused, "request was", "requests were") + " refused by CVR; -v says why\n";
  }
  if (s.cut > 0) {
    out += counted(s.cut, "exchange was", "exchanges were") +
           " cut before an answer by the end of --grace, and not recorded\n";
  }
  if (s.purged > 0) {
    out += counted(s.purged, "record held a secret", "records held secrets") + " that became known later, and " +
           (s.purged == 1 ? "was" : "were") + " redacted again\n";
  }
  out += replay_notes(s, cassette);
  out += loosened_notes(s);
  // Each was told in full when it came up; --json has the texts.
  if (!s.warnings.empty()) out += "warnings above: " + std::to_string(s.warnings.size()) + "\n";
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
  return engine::full_json(s, cassette);
}

int summary_status(const engine::Summary& s, bool strict) {
  if (s.lost > 0) return 3;
  if (s.misses > 0 || (strict && s.unused > 0)) return 1;
  return 0;
}

}  // namespace cvr::app
