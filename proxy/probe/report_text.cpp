#include "probe/report_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/escape.h"
#include "base/json_writer.h"

namespace cvr::probe {
namespace {

using Outcome = Row::Outcome;
using Cells = std::array<std::string, 5>;

constexpr std::size_t kMostCell = 60;

Cells cells_of(const Row& row) {
  const auto cell = [](const std::string& text) { return shortened(printable(text), kMostCell); };
  // What it means is the last column: it may be long.
  return {cell(row.step), cell(row.expected), cell(row.got), cell(row.code), printable(row.meaning)};
}

std::string_view colour_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::kPass:
      return "\x1b[32m";
    case Outcome::kFail:
      return "\x1b[31m";
    default:
      return "\x1b[2m";
  }
}

std::string count_text(std::size_t count, std::string_view what) {
  return count == 0 ? std::string() : fmt::format(", {} {}", count, what);
}

}  // namespace

std::string summary_line(const Report& report) {
  std::string out = fmt::format("{} as expected", report.count(Outcome::kPass));
  out += count_text(report.count(Outcome::kFail), "not");
  out += count_text(report.count(Outcome::kSkipped), "skipped");
  out += count_text(report.count(Outcome::kNotRun), "not run");
  if (!report.stopped.empty()) return out + "; stopped: " + printable(report.stopped);
  if (!report.needs_method) return out;
  return out + (report.accepted.empty() ? "; no way to authenticate works" : "; " + report.accepted + " works");
}

std::string to_text(const Report& report, TextOptions options) {
  std::vector<Cells> lines = {{"STEP", "EXPECTED", "GOT", "CODE", "MEANING"}};
  for (const Row& row : report.rows) lines.push_back(cells_of(row));
  std::array<std::size_t, 4> widths{};
  for (const Cells& line : lines) {
    for (std::size_t i = 0; i < widths.size(); ++i) widths[i] = std::max(widths[i], line[i].size());
  }
  std::string out;
  for (std::size_t l = 0; l < lines.size(); ++l) {
    std::string text;
    for (std::size_t i = 0; i < widths.size(); ++i) text += fmt::format("{:<{}}  ", lines[l][i], widths[i]);
    text += lines[l].back();
    text.erase(text.find_last_not_of(' ') + 1);
    if (options.colour && l > 0) text = std::string(colour_of(report.rows[l - 1].outcome)) + text + "\x1b[0m";
    out += text + "\n";
  }
  return out + "\n" + summary_line(report) + "\n";
}

std::string to_json(const Report& report, const profiles::Plan& plan) {
  json::Writer w;
  w.begin_object().member("plan", plan.name).member("base", plan.base).member("passed", report.passed());
  w.key("accepted");
  report.accepted.empty() ? w.null() : w.value(report.accepted);
  w.key("stopped");
  report.stopped.empty() ? w.null() : w.value(report.stopped);
  w.key("wait_seconds");
  report.wait_s ? w.value(*report.wait_s) : w.null();
  w.key("steps").begin_array();
  for (const Row& row : report.rows) {
    w.begin_object().member("step", row.step).member("result", to_string(row.outcome));
    w.member("expected", row.expected).member("got", row.got).member("code", row.code).member("meaning", row.meaning);
    w.key("n");
    row.n == 0 ? w.null() : w.value(row.n);
    w.end_object();
  }
  w.end_array().end_object();
  return w.take() + "\n";
}

}  // namespace cvr::probe
