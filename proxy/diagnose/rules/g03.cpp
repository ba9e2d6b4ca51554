// G03: of two credentials that are issued together only one was renewed after the rebuild.
#include <algorithm>

#include "diagnose/rules/support.h"

namespace cvr::diagnose {

Finding g03(const Facts& facts, const Findings&) {
  if (facts.vendor().pair_headers.empty() || !facts.profile().rebuild) {
    return not_applicable("no pair of credentials, or no rebuild");
  }
  const auto first_seen = first_seen_credentials(facts);
  const auto issued = issued_tokens(facts);
  Calls bad;
  std::size_t looked = 0;
  bool earlier = false;
  const std::int64_t first = first_of(first_seen);
  for (const Call* call : facts.failures()) {
    const auto window = facts.rebuild_before(*call);
    const Credential& credential = call->credential;
    if (!window || !call->refused() || call->token_call || credential.token.empty()) continue;
    // A token of an hour is no half of a pair.
    if (issued.contains(credential.token)) continue;
    ++looked;
    std::size_t old = 0, all = 0;
    const auto count = [&](const std::string& text) {
      if (text.empty()) return;
      ++all;
      const auto found = first_seen.find(text);
      if (found != first_seen.end() && found->second < window->from) ++old;
    };
    count(credential.token);
    std::ranges::for_each(credential.pair, count);
    earlier |= first < window->from;
    if (all > 1 && old > 0 && old < all) bad.push_back(call);
  }
  if (facts.after().empty()) return no_calls();
  if (!bad.empty()) {
    return fault("one credential is new and one of before the rebuild in " + numbers(bad), bad,
                 "make both anew and put both into the configuration");
  }
  if (looked == 0) return pass("no call with a pair of credentials was refused");
  return passed_by_credentials(facts, earlier, "the credentials were renewed together, or not at all");
}

}  // namespace cvr::diagnose
