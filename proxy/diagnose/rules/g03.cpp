// G03: of two credentials that are issued together only one was renewed after the rebuild.  Whatever the call
// failed with: a pair of two ages is the client's to mend first.  A token of the token endpoint is as new as
// its issue.
#include <algorithm>

#include "diagnose/rules/support.h"

namespace cvr::diagnose {
namespace {

struct Ages {
  std::size_t old = 0, all = 0;
};

Ages ages_of(const Credential& credential, const std::unordered_map<std::string, std::int64_t>& first_seen,
             std::int64_t rebuild) {
  Ages out;
  const auto count = [&](const std::string& text) {
    if (text.empty()) return;
    ++out.all;
    const auto found = first_seen.find(text);
    if (found != first_seen.end() && found->second < rebuild) ++out.old;
  };
  count(credential.token);
  std::ranges::for_each(credential.pair, count);
  return out;
}

// What stood beside each token when a call worked.
std::unordered_map<std::string, std::set<std::vector<std::string>>> pairs_that_worked(const Facts& facts) {
  std::unordered_map<std::string, std::set<std::vector<std::string>>> out;
  for (const Call* call : facts.subjects()) {
    if (call->ok && !call->token_call && !call->credential.token.empty())
      out[call->credential.token].insert(call->credential.pair);
  }
  return out;
}

}  // namespace

Finding g03(const Facts& facts, const Findings&) {
  if (facts.vendor().pair_headers.empty() || !facts.profile().rebuild) {
    return not_applicable("no pair of credentials, or no rebuild");
  }
  const auto first_seen = first_seen_credentials(facts);
  const std::int64_t first = first_of(first_seen);
  const auto worked = pairs_that_worked(facts);
  Calls bad, mixed;
  std::size_t looked = 0;
  bool earlier = false;
  for (const Call* call : facts.failures()) {
    const auto window = facts.rebuild_before(*call);
    if (!window || call->token_call || call->credential.token.empty()) continue;
    const Ages ages = ages_of(call->credential, first_seen, window->from);
    if (ages.all < 2) continue;
    ++looked;
    earlier |= first < window->from;
    const auto pairs = worked.find(call->credential.token);
    if (ages.old > 0 && ages.old < ages.all) {
      bad.push_back(call);
    } else if (pairs != worked.end() && !pairs->second.contains(call->credential.pair)) {
      mixed.push_back(call);
    }
  }
  if (facts.after().empty()) return no_calls();
  if (!bad.empty()) {
    return fault("one credential is new and one of before the rebuild in " + numbers(bad), bad,
                 "make both anew and put both into the configuration");
  }
  if (!mixed.empty()) {
    return fault("the second credential of " + numbers(mixed) + " is not the one with which this token worked", mixed,
                 "use the two that were issued together");
  }
  if (looked == 0) return pass("no call with a pair of credentials failed");
  return passed_by_credentials(facts, earlier, "the credentials were renewed together, or not at all");
}

}  // namespace cvr::diagnose
