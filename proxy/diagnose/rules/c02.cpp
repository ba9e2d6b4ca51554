// C02: no scheme, "Bearer Bearer", a stray space, quotes.
#include <algorithm>

#include "diagnose/rules/support.h"

namespace cvr::diagnose {
namespace {

std::string problem_of(const Call& call) {
  const Credential& credential = call.credential;
  if (!credential.problem.empty()) return credential.problem;
  for (const std::string& note : credential.shape_notes) {
    if (note.starts_with("quotes") || note.starts_with("a space")) return note;
  }
  const Call* good = call.last_success;
  if (good != nullptr && good->credential.present && good->credential.scheme != credential.scheme) {
    return "the scheme is " + credential.scheme + ", and " + good->credential.scheme + " worked";
  }
  return {};
}

}  // namespace

Finding c02(const Facts& facts, const Findings&) {
  Calls bad;
  std::string what;
  std::size_t looked = 0;
  for (const Call* call : facts.after()) {
    if (!call->credential.present) continue;
    ++looked;
    const std::string problem = problem_of(*call);
    if (problem.empty()) continue;
    if (what.empty()) what = problem;
    bad.push_back(call);
  }
  if (facts.after().empty()) return no_calls();
  if (looked == 0) return not_applicable("no call has an Authorization field");
  if (bad.empty()) return pass("Authorization is well formed in all calls");
  return fault(what + " in " + numbers(bad), bad, "send Authorization as: Bearer, one space, the token, nothing else");
}

}  // namespace cvr::diagnose
