#include "probe/round_text.h"

#include <fmt/format.h>

#include "base/escape.h"
#include "base/json_writer.h"
#include "diagnose/times.h"

namespace cvr::probe {
namespace {

std::string listed(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& one : names) out += (out.empty() ? "" : ", ") + printable(one);
  return out;
}

std::string end_text(const Round& round) {
  const Recovery& recovery = round.recovery;
  if (recovery.back && recovery.never_granted.empty()) return "access is there\n";
  if (recovery.back) return "access is there, but for what was never granted: " + listed(recovery.never_granted) + "\n";
  if (round.next_ms == 0) return "ended by a signal\n";
  std::string out = fmt::format("again in {}\n", diagnose::span_text(round.next_ms * 1'000));
  if (recovery.in_question.empty()) return out;
  return out + "  all else works; lost, or never granted: " + listed(recovery.in_question) +
         "\n  a recording of when it worked tells, and lets this end: --before FILE\n";
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
  w.end_array().key("in_question").begin_array();
  for (const std::string& one : round.recovery.in_question) w.value(one);
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
