// A02: the vendor's code says that the company may not be accessed.
#include "diagnose/rules/support.h"

namespace cvr::diagnose {

Finding a02(const Facts& facts, const Findings&) {
  const auto& codes = facts.vendor().company_access_codes;
  if (codes.empty()) return not_applicable("the profile names no such code");
  Calls bad;
  for (const Call* call : facts.failures()) {
    if (call->has_code(codes)) bad.push_back(call);
  }
  if (bad.empty()) return pass("no answer says so");
  return fault("the vendor says " + codes.front() + " in " + numbers(bad), bad,
               "ask the vendor to which company this connection belongs");
}

}  // namespace cvr::diagnose
