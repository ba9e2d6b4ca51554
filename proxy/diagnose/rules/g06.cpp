// G06: the credentials of before the rebuild are still used, and refused: token and pair, or the client secret
// at the token endpoint.  An error of the server's is no refusal.
#include <algorithm>

#include "diagnose/rules/support.h"

namespace cvr::diagnose {
namespace {

using FirstSeen = std::unordered_map<std::string, std::int64_t>;

bool is_older(const std::string& text, const FirstSeen& first_seen, std::int64_t than) {
  const auto found = first_seen.find(text);
  return found != first_seen.end() && found->second < than;
}

// All that the call shows of itself is of before the rebuild.
bool is_old(const Call& call, const FirstSeen& first_seen, std::int64_t rebuild) {
  if (call.token_call) return is_older(read_token_request(*call.parts).secret, first_seen, rebuild);
  const auto old = [&](const std::string& text) { return text.empty() || is_older(text, first_seen, rebuild); };
  return old(call.credential.token) && std::ranges::all_of(call.credential.pair, old);
}

bool has_credential(const Call& call) {
  return call.token_call ? !read_token_request(*call.parts).secret.empty() : !call.credential.identity().empty();
}

}  // namespace

Finding g06(const Facts& facts, const Findings&) {
  if (!facts.profile().rebuild) return not_applicable("the profile names no rebuild");
  const FirstSeen first_seen = first_seen_credentials(facts);
  const std::int64_t first = first_of(first_seen);
  Calls bad, broken;
  std::size_t looked = 0;
  bool earlier = false;
  for (const Call* call : facts.failures()) {
    const auto window = facts.rebuild_before(*call);
    if (!window || !has_credential(*call)) continue;
    const bool refused = call->refused() || call->has_code(facts.vendor().client_codes);
    looked += refused ? 1 : 0;
    earlier |= refused && first < window->from;
    if (is_old(*call, first_seen, window->from)) (refused ? bad : broken).push_back(call);
  }
  if (facts.after().empty()) return no_calls();
  if (!bad.empty()) {
    return fault("the credentials of " + numbers(bad) + " are those of before the rebuild", bad,
                 "make new credentials in the vendor's pages after each rebuild and configure them");
  }
  if (looked == 0 && !broken.empty()) {
    return pass("the credentials of " + numbers(broken) +
                    " are those of before the rebuild, and nothing refused them: no answer was 401 or 403",
                broken);
  }
  if (looked == 0) return pass("no call with a credential was refused after a rebuild");
  return passed_by_credentials(facts, earlier, "the refused credentials are not those of before the rebuild");
}

}  // namespace cvr::diagnose
