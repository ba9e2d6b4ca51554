// X01: the token had expired when it was sent, by its own claim or by its age.
#include "diagnose/rules/support.h"

namespace cvr::diagnose {

Finding x01(const Facts& facts, const Findings&) {
  const auto issued = issued_tokens(facts);
  Calls bad, open;
  std::size_t looked = 0;
  for (const Call* call : facts.failures()) {
    if (!call->refused() || !is_api_call(*call) || call->credential.token.empty()) continue;
    ++looked;
    std::optional<std::int64_t> until = call->credential.expires_us;
    if (const auto found = issued.find(call->credential.token); !until && found != issued.end()) {
      if (found->second.lifetime_us) until = found->second.at_us + *found->second.lifetime_us;
    }
    if (!until) {
      open.push_back(call);
    } else if (call->at_us > *until) {
      bad.push_back(call);
    }
  }
  if (!bad.empty()) {
    return fault("the token of " + numbers(bad) + " had expired", bad, "get a new token and try again");
  }
  if (looked == 0) return pass("no call with a token was refused");
  if (!open.empty()) {
    return unknown("the token of " + numbers(open) + " does not say when it ends",
                   "ask the vendor whether this token is still active", open);
  }
  return pass("the refused tokens had not expired");
}

}  // namespace cvr::diagnose
