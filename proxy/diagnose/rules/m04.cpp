// M04: each deliberately wrong credential gets another answer than ours.
#include "diagnose/rules/support.h"

namespace cvr::diagnose {
namespace {

using Answer = std::pair<int, std::vector<std::string>>;
Answer answer_of(const Call& call) { return {call.status, call.codes}; }

}  // namespace

Finding m04(const Facts& facts, const Findings&) {
  const Calls controls = facts.wrong_credentials();
  std::map<Answer, const Call*> wrong;
  for (const Call* control : controls) wrong.emplace(answer_of(*control), control);
  Calls refused, same;
  for (const Call* call : facts.failures()) {
    if (!is_refusal(*call, facts.vendor()) || !is_api_call(*call)) continue;
    refused.push_back(call);
    if (const auto found = wrong.find(answer_of(*call)); found != wrong.end()) same.push_back(found->second);
  }
  if (refused.empty()) return not_applicable("no call of the API was refused");
  if (controls.empty()) {
    const bool taken = facts.control(kWrongCredential) != nullptr;
    return unknown(
        taken ? "a wrong credential was accepted, so that its answer shows nothing"
              : "no call with a deliberately wrong credential is on record",
        taken ? "make a call that fails with a wrong credential as well" : "run cvr probe: it makes the control calls",
        refused);
  }
  if (same.empty()) {
    refused.push_back(controls.front());
    return noted("a wrong credential gets another answer than ours: the vendor knows ours", refused);
  }
  Finding out = pass("a wrong credential gets the same answer as ours", {same.front()});
  out.outcome = Outcome::kWarn;
  out.next_step = "compare the configured credential with the vendor's pages, character by character";
  return out;
}

}  // namespace cvr::diagnose
