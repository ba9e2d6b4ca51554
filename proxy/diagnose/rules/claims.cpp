#include "diagnose/rules/claims.h"

#include <algorithm>

namespace cvr::diagnose {
namespace {

// Nullptr: the token has no such claim.
const std::string* claim_of(const Call& call, const std::string& claim) {
  const auto found = call.credential.claims.find(claim);
  return found == call.credential.claims.end() ? nullptr : &found->second;
}

bool differs(const Call& call, const Call* good, const std::string& claim) {
  if (good == nullptr) return false;
  const std::string* now = claim_of(call, claim);
  const std::string* was = claim_of(*good, claim);
  return (now == nullptr) != (was == nullptr) || (now != nullptr && *now != *was);
}

// Successes with a readable token, by the vendor's clock.
Calls token_successes(const Facts& facts) {
  Calls out;
  for (const Call* call : facts.subjects()) {
    if (call->ok && !call->credential.claims.empty()) out.push_back(call);
  }
  std::ranges::stable_sort(out, {}, &Call::at_us);
  return out;
}

// A token made after the rebuild may be the wrong one and yet get some answers: what worked before it counts too.
const Call* last_before_rebuild(const Facts& facts, const Calls& successes, const Call& call) {
  const auto window = facts.rebuild_before(call);
  if (!window) return nullptr;
  const auto later = std::ranges::partition_point(successes, [&](const Call* c) { return c->at_us < window->from; });
  return later == successes.begin() ? nullptr : *std::prev(later);
}

}  // namespace

Finding compare_claim(const Facts& facts, const std::string& claim, std::string_view meaning) {
  if (claim.empty()) return not_applicable("the profile names no such claim");
  const Calls successes = token_successes(facts);
  Calls bad, open;
  std::size_t looked = 0;
  for (const Call* call : facts.failures()) {
    if (!is_api_call(*call) || call->credential.claims.empty()) continue;
    ++looked;
    const Call* before = last_before_rebuild(facts, successes, *call);
    if (before == nullptr && call->last_token_success == nullptr) {
      open.push_back(call);
    } else if (differs(*call, before, claim) || differs(*call, call->last_token_success, claim)) {
      bad.push_back(call);
    }
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
