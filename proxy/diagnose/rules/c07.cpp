// C07: 404 or 405 on a path or method that never succeeded and is not documented.
#include "diagnose/rules/support.h"

namespace cvr::diagnose {

Finding c07(const Facts& facts, const Findings&) {
  std::set<std::string> succeeded;
  for (const Call* call : facts.subjects()) {
    if (call->ok) succeeded.insert(call->operation.name);
  }
  Calls bad;
  std::size_t met = 0;
  for (const Call* call : facts.failures()) {
    if (call->status != 404 && call->status != 405) continue;
    ++met;
    if (call->operation.known == nullptr && !succeeded.contains(call->operation.name)) bad.push_back(call);
  }
  if (facts.after().empty()) return no_calls();
  if (met == 0) return pass("no call was answered 404 or 405");
  if (bad.empty()) return pass("what was answered 404 or 405 is a call of the API");
  if (facts.vendor().operations.empty()) {
    return unknown("the profile does not say which calls the API has", "compare the path with the vendor's reference",
                   bad);
  }
  return fault(bad.front()->operation.name + " is no documented call and never worked: " + numbers(bad), bad,
               "use the documented path and method");
}

}  // namespace cvr::diagnose
