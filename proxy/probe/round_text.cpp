#include "probe/round_text.h"

#include <fmt/format.h>

#include "base/escape.h"
#include "base/json_writer.h"
#include "diagnose/times.h"

namespace cvr::probe {
namespace {

std::string end_text(const Round& round) {
  if (round.report.passed()) return "access is there\n";
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
  w.key("changes").begin_array();
  for (const Change& change : round.changes) {
    w.begin_object().member("step", change.step).member("from", change.from).member("to", change.to).end_object();
  }
  std::string report = to_json(round.report, plan);
  report.pop_back();  // its line break
  w.end_array().key("report").raw(report).end_object();
  return w.take() + "\n";
}

}  // namespace cvr::probe
