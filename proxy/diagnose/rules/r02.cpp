// R02: the last success and the first failure of an operation bracket the rebuild.
#include "diagnose/change_points.h"
#include "diagnose/rules/support.h"

namespace cvr::diagnose {

Finding r02(const Facts& facts, const Findings&) {
  if (!facts.profile().rebuild) return not_applicable("the profile names no rebuild");
  Calls bad;
  bool any = false;
  for (const ChangePoint& point : change_points(facts)) {
    any = true;
    if (!point.brackets_rebuild) continue;
    bad.push_back(point.last_success);
    bad.push_back(point.first_failure);
  }
  if (!bad.empty()) {
    return warn("the last success and the first failure lie before and after the weekly rebuild: " + numbers(bad), bad,
                "renew credentials and ids, as after every rebuild, and try again");
  }
  if (facts.failures().empty()) return pass("nothing fails");
  if (!any) {
    return unknown("no operation is on record with a success and a failure after it",
                   "give a recording of before the rebuild: --before FILE");
  }
  return pass("no rebuild lies between the last success and the first failure");
}

}  // namespace cvr::diagnose
