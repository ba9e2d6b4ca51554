// A06: the token endpoint hands out a token and the API refuses it within its life.
#include "diagnose/rules/support.h"

namespace cvr::diagnose {

Finding a06(const Facts& facts, const Findings&) {
  const auto issued = issued_tokens(facts);
  if (issued.empty()) return not_applicable("no token was handed out on record");
  Calls bad;
  for (const Call* call : facts.failures()) {
    if (call->status != 401 || !is_api_call(*call)) continue;
    const auto found = issued.find(call->credential.token);
    if (found == issued.end()) continue;
    const std::int64_t age = call->at_us - found->second.at_us;
    // Not told how long it lives: five minutes are less than any token does.
    if (age < 0 || age > found->second.lifetime_us.value_or(kNear)) continue;
    if (bad.size() < 2) bad.push_back(found->second.call);
    bad.push_back(call);
  }
  if (bad.empty()) return pass("no fresh token was refused");
  return fault("the token endpoint answered 200 and the API refuses that token: " + numbers(bad), bad,
               "ask the vendor what this client may do: it gets tokens and they are refused");
}

}  // namespace cvr::diagnose
