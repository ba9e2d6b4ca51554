// M06: nothing on record before, gaps, or a field that was needed was redacted.
#include <algorithm>

#include "diagnose/rules/support.h"

namespace cvr::diagnose {

namespace {

// What was recorded "before" is all of a time when the calls failed already.
bool is_before_late(const Facts& facts) {
  const auto first = std::ranges::min_element(facts.failures(), {}, &Call::at_us);
  if (first == facts.failures().end()) return false;
  bool any = false;
  for (const Call& call : facts.timeline()) {
    if (call.in != In::kBefore || !call.vendors) continue;
    any = true;
    if (call.at_us < (*first)->at_us) return false;
  }
  return any;
}

}  // namespace

Finding m06(const Facts& facts, const Findings& before) {
  std::vector<std::string> what;
  if (facts.after().empty()) {
    what.emplace_back(facts.strangers().empty() ? "no call is on record"
                                                : "no call to the vendor's hosts is on record");
  } else if (!facts.failures().empty() &&
             std::ranges::none_of(facts.failures(), [](const Call* call) { return call->last_success != nullptr; })) {
    what.emplace_back("no success of what fails is on record");
  }
  if (is_before_late(facts)) what.emplace_back("the recording of before is later than the failing calls");
  if (facts.gaps() > 0) what.push_back(count_text(facts.gaps(), "gap") + " in the recording");
  std::string rules;
  for (const Finding& finding : before) {
    if (finding.redacted_away) rules += (rules.empty() ? "" : ", ") + std::string(finding.rule);
  }
  if (!rules.empty()) what.push_back("a field that " + rules + " needs was redacted");
  if (what.empty()) return pass("the record shows what is needed");
  std::string text;
  for (const std::string& one : what) text += (text.empty() ? "" : "; ") + one;
  return warn(text, {}, "give a recording in which the calls worked (--before FILE), without gaps");
}

}  // namespace cvr::diagnose
