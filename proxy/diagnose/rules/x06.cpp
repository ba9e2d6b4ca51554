// X06: the token endpoint refuses a client whose secret worked before.
#include "diagnose/rules/support.h"

namespace cvr::diagnose {

Finding x06(const Facts& facts, const Findings&) {
  std::set<std::string> worked;
  Calls bad, open;
  std::size_t looked = 0;
  for (const Call* call : facts.subjects()) {
    if (!call->token_call) continue;
    const TokenRequest request = read_token_request(*call->parts);
    if (call->ok) worked.insert(request.secret);
    if (call->in != In::kAfter || !call->has_code(facts.vendor().client_codes)) continue;
    ++looked;
    if (request.secret.empty()) {
      open.push_back(call);
    } else if (worked.contains(request.secret)) {
      bad.push_back(call);
    }
  }
  if (!bad.empty()) {
    return fault("the client secret of " + numbers(bad) + " worked before", bad,
                 "ask the vendor whether the secret was revoked or has expired, or make a new one");
  }
  if (looked == 0) return pass("the token endpoint refused no client");
  if (!open.empty()) return unknown("the secret of " + numbers(open) + " is not on record", {}, open);
  return pass("the refused client secrets have not worked before");
}

}  // namespace cvr::diagnose
