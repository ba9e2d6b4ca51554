#include "bundle/vendor_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "bundle/clocks.h"
#include "bundle/vendor_sections.h"
#include "diagnose/citations.h"
#include "diagnose/rules/support.h"
#include "diagnose/times.h"

namespace cvr::bundle {
namespace {

using diagnose::Call;
using diagnose::Finding;
using diagnose::Outcome;
constexpr std::size_t kMostRows = 60;

std::string system_line(const Evidence& e) {
  std::set<std::string> names, hosts;
  for (const Call* call : e.diagnosis->facts->after()) {
    if (!call->environment.empty()) names.insert(call->environment);
    hosts.insert(call->parts->request.origin.host);
  }
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + name;
  std::string where;
  for (const std::string& host : hosts) where += (where.empty() ? "" : ", ") + host;
  return (out.empty() ? "not known" : out) + (where.empty() ? "" : " (" + where + ")");
}

std::string window_line(const Evidence& e) {
  const diagnose::Input& input = e.diagnosis->after;
  if (!input.from_us) return "no interaction is on record";
  const std::int64_t offset = clock_offset_us(e);
  return diagnose::time_text(*input.from_us + offset) + " to " + diagnose::time_text(*input.to_us + offset);
}

void summary(const Evidence& e, Document& out) {
  const diagnose::Diagnosis& d = *e.diagnosis;
  const auto& failures = d.facts->failures();
  const auto after = std::ranges::count_if(failures, [](const Call* c) { return c->in == diagnose::In::kAfter; });
  out.heading("Summary");
  std::vector<std::string> lines;
  lines.push_back(e.the_case != nullptr ? e.the_case->title + ": " + e.the_case->vendor + ", " + e.the_case->environment
                                        : "System: " + system_line(e));
  lines.push_back("Recorded: " + window_line(e));
  if (std::string clocks = clock_line(e); !clocks.empty()) lines.push_back(std::move(clocks));
  lines.push_back(fmt::format("Calls: {} on record, {} failed", d.facts->after().size(), after));
  lines.push_back(fmt::format("Is the fault outside the client? {}: {}", to_string(d.verdict.level), d.verdict.text));
  lines.push_back("Asked of you: see Questions; the request ids below are yours and are not redacted");
  out.list(std::move(lines));
  if (d.verdict.capped_by.empty()) return;
  std::string rules;
  for (const std::string_view rule : d.verdict.capped_by) rules += (rules.empty() ? "" : ", ") + std::string(rule);
  out.note("Checks on the client's own side failed (" + rules +
           "). As long as they do, nothing is claimed about the vendor's side: NOT PROVEN.");
}

void background(const Evidence& e, Document& out) {
  out.heading("Background");
  if (e.the_case != nullptr) {
    const diagnose::Case& c = *e.the_case;
    std::string to;
    for (const std::string& one : c.to) to += (to.empty() ? "" : ", ") + one;
    out.table({"Case", "From", "To", "Date", "Since"}, {{c.id, c.from, to, c.date, c.impact_since}});
    out.list(c.impact_lines);
    if (!c.tried.empty()) {
      std::vector<Row> rows;
      for (const auto& one : c.tried) rows.push_back({one.what, one.result});
      out.table({"Tried", "Result"}, std::move(rows));
    }
  } else {
    out.text("No case file was given: who reports this, and what it means to them, is not told here.");
  }
  std::vector<Row> rows;
  for (const diagnose::ChangePoint& point : e.diagnosis->change_points) {
    if (rows.size() == kMostRows) break;
    rows.push_back({point.operation,
                    diagnose::time_text(point.last_success->at_us) + " " + diagnose::numbers({point.last_success}),
                    diagnose::time_text(point.first_failure->at_us) + " " + diagnose::numbers({point.first_failure}),
                    point.brackets_rebuild ? "yes" : "no", point.same_credential ? "same" : "another"});
  }
  if (!rows.empty()) {
    out.table({"Operation", "Last success", "First failure", "Weekly rebuild between", "Credential"}, std::move(rows));
  }
}

// "2xx" unless a control expects to be refused.
std::string expected(const Call& call) { return call.control ? "refused" : "2xx"; }

void failing_calls(const Evidence& e, Document& out) {
  out.heading("What fails now");
  std::vector<Row> rows;
  std::size_t all = 0;
  for (const Call* call : e.diagnosis->facts->failures()) {
    if (call->in != diagnose::In::kAfter) continue;
    if (all++ >= kMostRows) continue;
    rows.push_back({"#" + std::to_string(call->n), diagnose::time_text(call->at_us), request_id(*call->parts),
                    endpoint_text(*call->parts), expected(*call), status_text(*call), call->code(), call->title});
  }
  if (rows.empty()) {
    out.text("No call of the recording fails.");
    return;
  }
  out.table({"No.", "UTC", "Request id", "Endpoint", "Expected", "Status", "Code", "Title"}, std::move(rows));
  if (all > kMostRows) out.text(fmt::format("And {} more: timeline.csv has all calls.", all - kMostRows));
}

void by_endpoint(const Evidence& e, Document& out) {
  std::map<std::vector<std::string>, std::size_t> groups;
  for (const Call* call : e.diagnosis->facts->failures()) {
    if (call->in == diagnose::In::kAfter) {
      ++groups[{call->operation.name, status_text(*call), call->code(), call->title}];
    }
  }
  if (groups.empty()) return;
  out.heading("By endpoint");
  std::vector<Row> rows;
  for (const auto& [key, count] : groups) {
    if (rows.size() == kMostRows) break;
    Row row = key;
    row.push_back(std::to_string(count));
    rows.push_back(std::move(row));
  }
  out.table({"Endpoint", "Status", "Code", "Message", "Calls"}, std::move(rows));
}

void ruled_out(const Evidence& e, Document& out) {
  std::vector<Row> excluded, open;
  for (const Finding& finding : e.diagnosis->findings) {
    if (finding.side == diagnose::Side::kMeta) continue;
    const Row row = {std::string(finding.rule), std::string(to_string(finding.side)), finding.message,
                     diagnose::numbers(diagnose::citations(finding))};
    if (finding.outcome == Outcome::kPass) excluded.push_back(row);
    if (finding.outcome == Outcome::kUnknown) open.push_back(row);
  }
  out.heading("What was ruled out");
  if (excluded.empty()) {
    out.text("Nothing could be ruled out.");
  } else {
    out.table({"Rule", "Side", "What was seen", "Interactions"}, std::move(excluded));
  }
  if (open.empty()) return;
  out.heading("What could not be checked");
  out.table({"Rule", "Side", "What is open", "Interactions"}, std::move(open));
}

void positive(const Evidence& e, Document& out) {
  std::vector<Row> rows;
  for (const Finding& finding : e.diagnosis->findings) {
    if (!finding.is_hit() || finding.outcome == Outcome::kPass) continue;
    rows.push_back({std::string(finding.rule), std::string(to_string(finding.side)),
                    std::string(to_string(finding.outcome)), finding.message,
                    diagnose::numbers(diagnose::citations(finding)), finding.reference});
  }
  out.heading("What was found");
  if (rows.empty()) {
    out.text("No rule is positive.");
  } else {
    out.table({"Rule", "Side", "Result", "What was seen", "Interactions", "Reference"}, std::move(rows));
  }
}

void reproduction(const Evidence& e, Document& out) {
  out.heading("Reproduction");
  out.text(
      "repro/NNNN.curl.sh sends interaction NNNN again; credentials are placeholders of the environment. The "
      "recording is in cassette/: cvr replay -c cassette/after.cvr answers from it without any network.");
  std::vector<std::string> scripts;
  for (const Call* call : e.diagnosis->facts->failures()) {
    if (call->in == diagnose::In::kAfter && scripts.size() < 5) {
      scripts.push_back("sh repro/" + number_text(call->n) + ".curl.sh");
    }
  }
  if (!scripts.empty()) out.list(std::move(scripts));
}

}  // namespace

Document vendor_report(const Evidence& e) {
  Document out(e.the_case != nullptr ? "Technical report: " + e.the_case->title : "Technical report");
  summary(e, out);
  background(e, out);
  failing_calls(e, out);
  by_endpoint(e, out);
  authentication_results(e, out);
  decoded_claims(e, out);
  account_configuration(e, out);
  positive(e, out);
  ruled_out(e, out);
  questions(e, out);
  reproduction(e, out);
  attachments(e, out);
  out.heading("What this does not prove");
  out.text(
      "The signature shows that the files are unaltered since export by the holder of the key, not that the "
      "traffic was honest. Request ids are the vendor's own, so that the vendor can check every call.");
  return out;
}

}  // namespace cvr::bundle
