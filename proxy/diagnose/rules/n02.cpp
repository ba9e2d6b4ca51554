// N02: no connection.
#include "diagnose/rules/failures.h"

namespace cvr::diagnose {

Finding n02(const Facts& facts, const Findings&) {
  const Calls bad = calls_that_failed(facts, FailureKind::kConnect);
  if (bad.empty()) return facts.timeline().empty() ? no_calls() : pass("connections were made");
  return fault("no connection in " + numbers(bad), bad,
               "look at firewall, VPN and upstream proxy; try from another network");
}

}  // namespace cvr::diagnose
