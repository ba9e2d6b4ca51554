#include "diagnose/diagnosis.h"

#include <algorithm>
#include <set>

namespace cvr::diagnose {
namespace {

constexpr std::size_t kMostFirst = 8;
constexpr std::size_t kMostComparisons = 50;

Input input_of(const Recording& recording) {
  Input out{recording.interactions.size(), recording.gaps, {}, {}};
  for (const auto& interaction : recording.interactions) {
    const std::int64_t at = interaction->timing.started_utc_us;
    out.from_us = std::min(out.from_us.value_or(at), at);
    out.to_us = std::max(out.to_us.value_or(at), at);
  }
  return out;
}

// The client's faults, then what is open about the client, then what decides and who to ask.
std::vector<FirstStep> first_steps(const Findings& findings) {
  std::vector<FirstStep> out;
  std::set<std::string> said;
  const auto add = [&](const Finding& finding) {
    if (finding.next_step.empty() || out.size() >= kMostFirst || !said.insert(finding.next_step).second) return;
    out.push_back({finding.rule, finding.next_step});
  };
  const auto add_all = [&](auto wanted) {
    for (const Finding& finding : findings) {
      if (wanted(finding)) add(finding);
    }
  };
  const bool failing = has_failing_client_rule(findings);
  add_all([](const Finding& f) { return is_client_rule(f.rule) && f.outcome == Outcome::kFail; });
  add_all([](const Finding& f) { return f.rule == "M02" && f.is_hit(); });
  add_all([](const Finding& f) { return is_client_rule(f.rule) && f.outcome == Outcome::kWarn; });
  if (failing) return out;
  add_all([](const Finding& f) { return f.rule == "M07" && f.is_hit(); });
  add_all([](const Finding& f) { return f.side != Side::kMeta && !is_client_rule(f.rule) && f.is_hit(); });
  add_all([](const Finding& f) { return is_client_rule(f.rule) && f.outcome == Outcome::kUnknown; });
  add_all([](const Finding& f) { return f.side == Side::kMeta && f.rule != "M05" && f.outcome != Outcome::kPass; });
  return out;
}

std::vector<BeforeAfter> comparisons_of(const Facts& facts) {
  std::vector<BeforeAfter> out;
  std::set<std::string> seen;
  for (const Call* call : facts.failures()) {
    if (call->last_success == nullptr || out.size() >= kMostComparisons) continue;
    const Call* before = call->same_success != nullptr ? call->same_success : call->last_success;
    Comparison comparison = facts.difference(*before, *call);
    const std::string what = call->operation.name + std::string(to_string(comparison.sameness));
    if (seen.insert(what).second) out.push_back({before, call, std::move(comparison)});
  }
  return out;
}

}  // namespace

bool Diagnosis::has_failing_rule() const {
  return std::ranges::any_of(findings, [](const Finding& f) { return f.outcome == Outcome::kFail; });
}

Diagnosis diagnose(const Recording& after, const Recording* before, const profiles::Profile& profile,
                   const Account* account) {
  Diagnosis out;
  out.facts = std::make_unique<const Facts>(after, before, profile, account);
  out.findings = run_rules(*out.facts);
  out.verdict = judge(*out.facts, out.findings);
  out.change_points = change_points(*out.facts);
  out.comparisons = comparisons_of(*out.facts);
  out.first = first_steps(out.findings);
  out.after = input_of(after);
  if (before != nullptr) out.before = input_of(*before);
  return out;
}

}  // namespace cvr::diagnose
