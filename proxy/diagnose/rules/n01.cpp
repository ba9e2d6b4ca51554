// N01: the name was not resolved.
#include "diagnose/rules/failures.h"

namespace cvr::diagnose {

Finding n01(const Facts& facts, const Findings&) {
  const Calls bad = calls_that_failed(facts, FailureKind::kDns);
  if (bad.empty()) return facts.timeline().empty() ? no_calls() : pass("names were resolved");
  return fault("the name was not resolved in " + numbers(bad), bad,
               "look the host up (getent hosts HOST), and try another resolver");
}

}  // namespace cvr::diagnose
