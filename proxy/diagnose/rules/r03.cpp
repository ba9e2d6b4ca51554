// R03: what failed works again with the same request and credential.
#include "diagnose/rules/support.h"

namespace cvr::diagnose {

Finding r03(const Facts& facts, const Findings&) {
  Calls back, changed;
  for (const Recovery& one : recoveries(facts)) {
    Calls& calls = one.by_itself() ? back : changed;
    calls.insert(calls.end(), {one.failed, one.success});
  }
  if (!back.empty()) {
    return warn("failed and works again, with the same request and credential: " + numbers(back), back,
                "nothing to change; keep the recording, and ask the vendor what happened");
  }
  if (facts.failures().empty()) return pass("nothing fails");
  if (!changed.empty()) {
    return pass("works again, after a change of the client: " + numbers(changed), changed);
  }
  return pass("what fails has not come back on record");
}

}  // namespace cvr::diagnose
