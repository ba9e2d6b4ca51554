// R01: failures within the weekly rebuild.
#include "diagnose/rules/support.h"

namespace cvr::diagnose {

Finding r01(const Facts& facts, const Findings&) {
  if (!facts.profile().rebuild) return not_applicable("the profile names no rebuild");
  Calls bad;
  for (const Call* call : facts.failures()) {
    const auto window = facts.rebuild_before(*call);
    if (window && window->holds(call->at_us)) bad.push_back(call);
  }
  if (bad.empty()) return pass("no failure falls into the weekly rebuild");
  return warn(numbers(bad) + " failed while the system is rebuilt each week", bad,
              "try again after the rebuild, at " + time_text(facts.rebuild_before(*bad.front())->to));
}

}  // namespace cvr::diagnose
