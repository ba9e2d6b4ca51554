// A03: two or more independent methods, all new since the rebuild, all refused; C and G clean; and a wrong
// credential gets another answer.
#include <algorithm>

#include "diagnose/rules/support.h"

namespace cvr::diagnose {
namespace {

struct Method {
  Calls refused;
  bool accepted = false;
  bool renewed = true;  // seen for the first time after the rebuild
};

// One map entry for each way to authenticate, of the after recording.
std::map<std::string, Method> methods_of(const Facts& facts) {
  const auto issued = issued_tokens(facts);
  const auto first_seen = first_seen_credentials(facts);
  std::unordered_map<std::string, std::int64_t> secrets;
  for (const Call* call : facts.subjects()) {
    if (call->token_call) secrets.try_emplace(read_token_request(*call->parts).secret, call->at_us);
  }
  std::map<std::string, Method> out;
  for (const Call* call : facts.after()) {
    const auto window = facts.rebuild_before(*call);
    if (!window) continue;
    std::string name = "static token";
    bool renewed = false;
    if (call->token_call) {
      const TokenRequest request = read_token_request(*call->parts);
      name = request.methods.empty() ? "no method" : request.methods.front();
      if (call->trial) name = "client secret";  // one, by whichever method
      const auto seen = secrets.find(request.secret);
      renewed = seen != secrets.end() && seen->second >= window->from;
    } else if (const auto found = issued.find(call->credential.token); found != issued.end()) {
      const TokenRequest request = read_token_request(*found->second.call->parts);
      name = "token of " + (request.methods.empty() ? "the token endpoint" : request.methods.front());
      renewed = found->second.at_us >= window->from;
    } else {
      const auto seen = first_seen.find(call->credential.token);
      renewed = seen != first_seen.end() && seen->second >= window->from;
    }
    if (!call->ok && !call->refused()) continue;
    Method& method = out[name];
    method.accepted |= call->ok;
    method.renewed &= renewed;
    if (call->refused()) method.refused.push_back(call);
  }
  return out;
}

bool same_answer(const Call& a, const Call& b) { return a.status == b.status && a.codes == b.codes; }

}  // namespace

Finding a03(const Facts& facts, const Findings& before) {
  if (!facts.profile().rebuild) return not_applicable("the profile names no rebuild");
  Calls refused;
  std::string names;
  std::size_t count = 0, accepted = 0;
  bool renewed = true;
  for (const auto& [name, method] : methods_of(facts)) {
    if (method.accepted) {
      // A token endpoint that answers and whose tokens are refused is no method that works (A06).
      if (!name.starts_with("client_secret_")) ++accepted;
      continue;
    }
    ++count;
    renewed &= method.renewed;
    names += (names.empty() ? "" : ", ") + name;
    refused.insert(refused.end(), method.refused.begin(), method.refused.end());
  }
  if (count < 2 || accepted > 0) return pass("not every method is refused, or only one was tried");
  if (!renewed) return pass("not all refused credentials are new since the rebuild");
  if (has_failing_client_rule(before)) return pass("all are refused, and faults of the client may be why");
  const Calls controls = facts.wrong_credentials();
  if (controls.empty()) {
    return unknown("all methods are refused, and no call with a wrong credential is on record to compare with",
                   "run cvr probe: it makes the control calls", refused);
  }
  const auto is_a_controls = [&](const Call* call) {
    return std::ranges::any_of(controls, [&](const Call* control) { return same_answer(*call, *control); });
  };
  if (std::ranges::any_of(refused, is_a_controls)) {
    return pass("a wrong credential gets the same answer: the new ones may be wrong");
  }
  return fault(names + " are new and refused in " + numbers(refused) + "; a wrong credential gets another answer",
               refused, "ask the vendor to look at the account: new credentials of every kind are refused");
}

}  // namespace cvr::diagnose
