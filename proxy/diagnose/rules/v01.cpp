// V01: server errors on three or more operations and on the unauthenticated control.
#include "diagnose/rules/support.h"

namespace cvr::diagnose {

Finding v01(const Facts& facts, const Findings&) {
  std::set<std::string> operations;
  Calls bad;
  for (const Call* call : facts.failures()) {
    if (call->status < 500) continue;
    operations.insert(call->operation.name);
    bad.push_back(call);
  }
  if (operations.size() < 3) return pass("no server errors on three operations");
  const Call* control = facts.control(kUnauthenticated);
  if (control == nullptr) {
    return unknown("server errors on " + count_text(operations.size(), "operation") +
                       ", and no call without a credential is on record",
                   "run cvr probe: it makes the control calls", bad);
  }
  if (control->status < 500) return pass("a call without a credential gets no server error", {control});
  bad.push_back(control);
  return fault(
      "server errors on " + count_text(operations.size(), "operation") + " and without a credential: " + numbers(bad),
      bad, "wait, look at the vendor's status page, then report the times");
}

}  // namespace cvr::diagnose
