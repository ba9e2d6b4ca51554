// C02: no scheme, "Bearer Bearer", a stray space, quotes, the field twice; and the same of the credentials beside it.
#include <algorithm>

#include "model/credential_notes.h"
#include "diagnose/rules/pair_shapes.h"
#include "diagnose/rules/support.h"

namespace cvr::diagnose {
namespace {

bool is_twice(const Call& call) {
  return std::ranges::count_if(call.parts->request.fields, [](const RedactedField& field) {
           return http::equals_ignoring_case(field.name.text, "authorization");
         }) > 1;
}

std::string problem_of(const Call& call, const profiles::Diagnosis& vendor) {
  const Credential& credential = call.credential;
  if (is_twice(call)) return "the field stands twice";
  if (is_padded(call, "authorization")) return "a space around the value";
  if (!credential.problem.empty()) return credential.problem;
  for (const std::string& note : credential.shape_notes) {
    if (note.starts_with("quotes") || note.starts_with("a space") || note == kSchemeTwice) return note;
  }
  const Call* good = call.last_success;
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
    if (!call->credential.present && form_problem(*call, facts.vendor()).what.empty()) continue;
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
