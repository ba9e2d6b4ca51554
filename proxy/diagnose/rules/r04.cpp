// R04: everything dies at once as after a rebuild, and none was due.
#include "diagnose/change_points.h"
#include "diagnose/rules/support.h"

namespace cvr::diagnose {

Finding r04(const Facts& facts, const Findings&) {
  if (!facts.profile().rebuild) return not_applicable("the profile names no rebuild");
  Calls bad;
  std::set<std::string> operations;
  bool any = false;
  std::int64_t first = 0, last_ok = 0;
  for (const ChangePoint& point : change_points(facts)) {
    any = true;
    const int status = point.first_failure->status;
    if (point.brackets_rebuild || (status != 401 && status != 404)) continue;
    if (!facts.rebuild_before(*point.first_failure)) continue;
    first = bad.empty() ? point.first_failure->at_us : std::min(first, point.first_failure->at_us);
    operations.insert(point.operation);
    bad.push_back(point.last_success);
    bad.push_back(point.first_failure);
  }
  for (const Call* call : facts.after()) {
    if (call->ok && is_api_call(*call)) last_ok = std::max(last_ok, call->at_us);
  }
  if (facts.failures().empty()) return pass("nothing fails");
  if (!any) return unknown("no operation is on record with a success and a failure after it", "give --before FILE");
  if (operations.size() < 2 || last_ok > first) return pass("not everything died at once outside the rebuild");
  return warn("credentials or ids died at once, and no rebuild was due: " + numbers(bad), bad,
              "ask the vendor whether the system was rebuilt, or the account reset");
}

}  // namespace cvr::diagnose
