// X02: the token begins in the vendor's future.
#include <algorithm>

#include "diagnose/rules/support.h"

namespace cvr::diagnose {

Finding x02(const Facts& facts, const Findings&) {
  constexpr std::int64_t kLeeway = 5 * kSecond;  // a Date has whole seconds
  Calls bad, unclear;
  std::size_t looked = 0, claimed = 0;
  for (const Call* call : facts.failures()) {
    if (!call->refused() || !is_api_call(*call) || call->credential.token.empty()) continue;
    ++looked;
    const Credential& credential = call->credential;
    if (!credential.not_before_us && !credential.issued_us) continue;
    ++claimed;
    if (!call->date_us) {
      unclear.push_back(call);
    } else if (std::max(credential.not_before_us.value_or(0), credential.issued_us.value_or(0)) >
               *call->date_us + kLeeway) {
      bad.push_back(call);
    }
  }
  if (!bad.empty()) {
    return fault("the token of " + numbers(bad) + " begins in the vendor's future", bad,
                 "set the clock that issues tokens by NTP, or wait until the token is valid");
  }
  if (looked == 0) return pass("no call with a token was refused");
  if (claimed == 0) return not_applicable("the refused tokens do not say when they begin");
  if (!unclear.empty()) {
    return unknown("no Date of the vendor's to compare the token of " + numbers(unclear) + " with", {}, unclear);
  }
  return pass("the refused tokens had begun");
}

}  // namespace cvr::diagnose
