// N04: client and vendor have no TLS version in common.
#include "diagnose/rules/failures.h"

namespace cvr::diagnose {

Finding n04(const Facts& facts, const Findings&) {
  Calls bad;
  for (const Call* call : calls_that_failed(facts, FailureKind::kTls)) {
    const std::string& detail = call->parts->failure->detail;
    if (is_about_version(detail) && !is_about_certificate(detail)) bad.push_back(call);
  }
  if (bad.empty()) return facts.timeline().empty() ? no_calls() : pass("a common TLS version was found");
  return fault("no common TLS version in " + numbers(bad), bad,
               "update the TLS library; see which versions the vendor takes");
}

}  // namespace cvr::diagnose
