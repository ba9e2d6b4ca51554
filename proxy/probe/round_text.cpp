#include "probe/round_text.h"

#include <fmt/format.h>

#include "base/escape.h"
#include "base/json_writer.h"
#include "diagnose/times.h"

namespace cvr::probe {
namespace {

std::string end_text(const Round& round) {
  if (round.recovery.back && round.recovery.never_granted.empty()) return "access is there\n";
  if (round.recovery.back) {
    std::string out = "access is there, but for what was never granted: ";
    for (const std::string& one : round.recovery.never_granted) {
      out += (&one == &round.recovery.never_granted.front() ? "" : ", ") + printable(one);
    }
    if (!round.has_before) out += "\n  as far as this watch saw; if it worked once, give that recording: --before FILE";
    return out + "\n";
  }
  if (round.next_ms == 0) return "ended by a signal\n";
  return fmt::format("again in {}\n", diagnose::span_text(round.next_ms * 1'000));
}

}  // namespace

std::string to_text(const Round& round, std::int64_t now_utc_us, TextOptions options) {
  std::string out = fmt::format("{}  round {}: ", diagnose::time_text(now_utc_us), round.number);
  if (round.number == 1) return out + end_text(round) + to_text(round.report, options);
  if (round.changes.empty()) return out + "no change; " + end_text(round);
  out += fmt::format("{} changed; ", round.changes.size()) + end_text(round);
  for (const Change& change : round.changes) {
    out += fmt::format("  {}: {} -> {}\n", change.step, shortened(printable(change.from), 80),
                       shortened(printable(change.to), 80));
  }
  return out;
}

std::string to_json(const Round& round, std::int64_t now_utc_us, const profiles::Plan& plan) {
  json::Writer w;
  w.begin_object().member("round", round.number).member("utc", diagnose::utc_text(now_utc_us)).key("next_seconds");
  round.next_ms == 0 ? w.null() : w.value(round.next_ms / 1'000);
  w.member("back", round.recovery.back).key("never_granted").begin_array();
  for (const std::string& one : round.recovery.never_granted) w.value(one);
  w.end_array().key("changes").begin_array();
  for (const Change& change : round.changes) {
    w.begin_object().member("step", change.step).member("from", change.from).member("to", change.to).end_object();
  }
  std::string report = to_json(round.report, plan);
  report.pop_back();  // its line break
  w.end_array().key("report").raw(report).end_object();
  return w.take() + "\n";
}

}  // namespace cvr::probe
