// X03: the client secret had passed its registered expiry (attested).
#include "diagnose/rules/support.h"

namespace cvr::diagnose {

Finding x03(const Facts& facts, const Findings&) {
  if (facts.account() == nullptr || !facts.account()->oauth_secret_expires_us) {
    return not_applicable("no expiry of a secret is attested");
  }
  Calls bad;
  std::size_t looked = 0;
  for (const Call* call : facts.failures()) {
    if (!call->token_call) continue;
    ++looked;
    if (call->at_us > *facts.account()->oauth_secret_expires_us) bad.push_back(call);
  }
  if (!bad.empty()) {
    return fault("the client secret of " + numbers(bad) + " had expired, as attested", bad,
                 "make a new client secret in the vendor's pages");
  }
  return looked == 0 ? pass("no token call failed") : pass("the client secret had not expired, as attested");
}

}  // namespace cvr::diagnose
