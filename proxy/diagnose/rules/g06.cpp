// G06: the credentials of before the rebuild are still used, and refused.
#include <algorithm>

#include "diagnose/rules/support.h"

namespace cvr::diagnose {

Finding g06(const Facts& facts, const Findings&) {
  if (!facts.profile().rebuild) return not_applicable("the profile names no rebuild");
  const auto first_seen = first_seen_credentials(facts);
  Calls bad;
  std::size_t looked = 0;
  bool earlier = false;
  const std::int64_t first = first_of(first_seen);
  for (const Call* call : facts.failures()) {
    const auto window = facts.rebuild_before(*call);
    const Credential& credential = call->credential;
    if (!window || !call->refused() || call->token_call || credential.identity().empty()) continue;
    ++looked;
    earlier |= first < window->from;
    const auto is_old = [&](const std::string& text) {
      const auto found = first_seen.find(text);
      return text.empty() || (found != first_seen.end() && found->second < window->from);
    };
    if (is_old(credential.token) && std::ranges::all_of(credential.pair, is_old)) bad.push_back(call);
  }
  if (facts.after().empty()) return no_calls();
  if (!bad.empty()) {
    return fault("the credentials of " + numbers(bad) + " are those of before the rebuild", bad,
                 "make new credentials in the vendor's pages after each rebuild and configure them");
  }
  if (looked == 0) return pass("no call with a credential was refused after a rebuild");
  return passed_by_credentials(facts, earlier, "the refused credentials are not those of before the rebuild");
}

}  // namespace cvr::diagnose
