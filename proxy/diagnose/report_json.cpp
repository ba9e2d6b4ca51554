#include "diagnose/report_json.h"

#include <algorithm>

#include "base/json_writer.h"
#include "cvr/version.h"
#include "diagnose/citations.h"

namespace cvr::diagnose {
namespace {

void write_input(json::Writer& w, const Input& input) {
  w.begin_object().member("interactions", input.interactions);
  w.member("from", input.from_us ? utc_text(*input.from_us) : std::string());
  w.member("to", input.to_us ? utc_text(*input.to_us) : std::string());
  w.member("gaps", input.gaps).end_object();
}

void write_rules(json::Writer& w, std::string_view name, const std::vector<std::string_view>& rules) {
  w.key(name).begin_array();
  for (const std::string_view rule : rules) w.value(rule);
  w.end_array();
}

void write_verdict(json::Writer& w, const Verdict& verdict) {
  w.key("verdict").begin_object().member("level", to_string(verdict.level)).key("side");
  if (verdict.side) {
    w.value(to_string(*verdict.side));
  } else {
    w.null();
  }
  w.key("also").begin_array();
  for (const Side side : verdict.also) w.value(to_string(side));
  w.end_array();
  write_rules(w, "capped_by", verdict.capped_by);
  w.member("text", verdict.text).end_object();
}

void write_citation(json::Writer& w, const Call& call) {
  w.begin_object().member("in", to_string(call.in)).member("n", call.n).end_object();
}

void write_finding(json::Writer& w, const Finding& finding) {
  w.begin_object().member("rule", finding.rule).member("side", to_string(finding.side));
  w.member("result", to_string(finding.outcome)).key("hit");
  if (finding.hit) {
    w.value(*finding.hit);
  } else {
    w.null();
  }
  w.member("message", finding.message).key("interactions").begin_array();
  for (const Call* call : citations(finding)) write_citation(w, *call);
  w.end_array().member("next_step", finding.next_step).member("reference", finding.reference).end_object();
}

void write_comparison(json::Writer& w, const BeforeAfter& pair) {
  w.begin_object().member("operation", pair.after->operation.name).key("before");
  write_citation(w, *pair.before);
  w.key("after");
  write_citation(w, *pair.after);
  w.member("result", to_string(pair.comparison.sameness)).key("differences").begin_array();
  for (const SemanticDifference& one : pair.comparison.differences) {
    w.begin_object().member("place", one.place).member("before", one.before).member("after", one.after).end_object();
  }
  w.end_array().end_object();
}

void write_change_point(json::Writer& w, const ChangePoint& point) {
  w.begin_object().member("operation", point.operation).key("last_success");
  write_citation(w, *point.last_success);
  w.key("first_failure");
  write_citation(w, *point.first_failure);
  w.member("from", utc_text(point.last_success->at_us)).member("to", utc_text(point.first_failure->at_us));
  w.member("same_credential", point.same_credential).member("brackets_rebuild", point.brackets_rebuild);
  w.member("after_snapshot", point.after_snapshot).end_object();
}

}  // namespace

std::string to_json(const Diagnosis& diagnosis) {
  json::Writer w;
  w.begin_object().member("schema", "cvr.diagnosis/1").member("tool", kToolVersion);
  w.key("inputs").begin_object().key("after");
  write_input(w, diagnosis.after);
  w.key("before");
  if (diagnosis.before) {
    write_input(w, *diagnosis.before);
  } else {
    w.null();
  }
  w.end_object();
  write_verdict(w, diagnosis.verdict);
  w.key("sides").begin_object();
  for (std::size_t i = 0; i < kSideCount; ++i) {
    const SideVerdict& side = diagnosis.verdict.sides[i];
    w.key(to_string(static_cast<Side>(i))).begin_object().member("level", to_string(side.level));
    w.member("uncapped", to_string(side.uncapped));
    write_rules(w, "rules", side.rules);
    w.end_object();
  }
  w.end_object().key("findings").begin_array();
  for (const Finding& finding : diagnosis.findings) write_finding(w, finding);
  w.end_array().key("first").begin_array();
  for (const FirstStep& step : diagnosis.first) {
    w.begin_object().member("rule", step.rule).member("text", step.text).end_object();
  }
  w.end_array().key("comparisons").begin_array();
  for (const BeforeAfter& pair : diagnosis.comparisons) write_comparison(w, pair);
  w.end_array().key("change_points").begin_array();
  for (const ChangePoint& point : diagnosis.change_points) write_change_point(w, point);
  w.end_array().end_object();
  return w.take() + "\n";
}

}  // namespace cvr::diagnose
