// C02: no scheme, "Bearer Bearer", a stray space, quotes, the field twice; and the same of the credentials beside it.
#include "diagnose/rules/pair_shapes.h"
#include "diagnose/rules/support.h"
#include "model/credential_notes.h"

namespace cvr::diagnose {
namespace {

// The first credential whose field stands more than once; empty: none.
std::string twice(const Call& call, const profiles::Diagnosis& vendor) {
  if (count_fields(call, "authorization") > 1) return "the field stands twice";
  for (const std::string& name : vendor.pair_headers) {
    if (count_fields(call, name) > 1) return name + ": the field stands twice";
  }
  return {};
}

// Of the operation; and where it never succeeded, of the others below the same base.
const Call* good_for(const Call& call) {
  if (call.last_success != nullptr) return call.last_success;
  return is_api_call(call) && call.failed ? call.base_success : nullptr;
}

std::string problem_of(const Call& call, const profiles::Diagnosis& vendor) {
  const Credential& credential = call.credential;
  if (std::string problem = twice(call, vendor); !problem.empty()) return problem;
  if (is_padded(call, "authorization")) return "a space around the value";
  if (!credential.problem.empty()) return credential.problem;
  for (const std::string& note : credential.shape_notes) {
    if (note.starts_with("quotes") || note.starts_with("a space") || note == kSchemeTwice) return note;
  }
  const Call* good = good_for(call);
  if (good != nullptr && good->credential.present && good->credential.scheme != credential.scheme) {
    return "the scheme is " + credential.scheme + ", and " + good->credential.scheme + " worked";
  }
  const PairProblem pair = form_problem(call, vendor);
  return pair.what.empty() ? std::string() : pair.header + ": " + pair.what;
}

}  // namespace

Finding c02(const Facts& facts, const Findings&) {
  Calls bad;
  std::string what;
  std::size_t looked = 0;
  for (const Call* call : facts.after()) {
    const bool other = !form_problem(*call, facts.vendor()).what.empty() || !twice(*call, facts.vendor()).empty();
    if (!call->credential.present && !other) continue;
    ++looked;
    const std::string problem = problem_of(*call, facts.vendor());
    if (problem.empty()) continue;
    if (what.empty()) what = problem;
    bad.push_back(call);
  }
  if (facts.after().empty()) return no_calls();
  if (looked == 0) return not_applicable("no call has an Authorization field");
  if (bad.empty()) return pass("Authorization is well formed in all calls");
  return fault(what + " in " + numbers(bad), bad,
               "send Authorization as: Bearer, one space, the token, nothing else; other credentials bare");
}

}  // namespace cvr::diagnose
