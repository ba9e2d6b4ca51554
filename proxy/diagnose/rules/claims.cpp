#include "diagnose/rules/claims.h"

namespace cvr::diagnose {
namespace {

// Nullptr: the token has no such claim.
const std::string* claim_of(const Call& call, const std::string& claim) {
  const auto found = call.credential.claims.find(claim);
  return found == call.credential.claims.end() ? nullptr : &found->second;
}

}  // namespace

Finding compare_claim(const Facts& facts, const std::string& claim, std::string_view meaning) {
  if (claim.empty()) return not_applicable("the profile names no such claim");
  Calls bad, open;
  std::size_t looked = 0;
  for (const Call* call : facts.failures()) {
    if (!is_api_call(*call) || call->credential.claims.empty()) continue;
    ++looked;
    const Call* good = call->last_token_success;
    if (good == nullptr) {
      open.push_back(call);
      continue;
    }
    const std::string* now = claim_of(*call, claim);
    const std::string* was = claim_of(*good, claim);
    if ((now == nullptr) != (was == nullptr) || (now != nullptr && *now != *was)) bad.push_back(call);
  }
  if (facts.after().empty()) return no_calls();
  if (looked == 0) return not_applicable("no failing call has a token with claims");
  if (!facts.comparable()) {
    return redacted_away("the recordings were made with different pseudonym keys", "record both on one machine");
  }
  if (!bad.empty()) {
    return fault("claim " + claim + " of " + numbers(bad) + " is not that of the token that worked", bad,
                 "use a token of the same " + std::string(meaning) + " as before, or ask for the right one");
  }
  if (!open.empty()) {
    return unknown("no token that worked is on record to compare " + claim + " with",
                   "give a recording in which a call worked: --before FILE", open);
  }
  return pass("claim " + claim + " is that of the token that worked");
}

}  // namespace cvr::diagnose
