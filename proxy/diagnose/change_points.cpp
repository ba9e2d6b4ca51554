#include "diagnose/change_points.h"

#include <set>

namespace cvr::diagnose {

std::vector<ChangePoint> change_points(const Facts& facts) {
  std::vector<ChangePoint> out;
  std::set<std::pair<std::string, std::string>> seen;
  const auto& rebuild = facts.profile().rebuild;
  for (const Call* call : facts.failures()) {
    if (call->last_success == nullptr) continue;
    const std::string identity = call->credential.identity();
    if (!seen.emplace(call->operation.name, identity).second) continue;
    ChangePoint point;
    point.operation = call->operation.name;
    point.last_success = call->last_success;
    point.first_failure = call;
    point.same_credential = call->last_success->credential.identity() == identity;
    point.rebuild = facts.rebuild_before(*call);
    if (point.rebuild) {
      const std::int64_t success = call->last_success->at_us;
      point.brackets_rebuild = success < point.rebuild->to && success < call->at_us;
      const int days = (rebuild->weekday - facts.vendor().snapshot_weekday + 7) % 7;
      const std::int64_t snapshot = point.rebuild->from - point.rebuild->from % kDay - days * kDay;
      point.after_snapshot =
          facts.vendor().snapshot_weekday >= 0 && success >= snapshot && success < point.rebuild->from;
    }
    out.push_back(std::move(point));
  }
  return out;
}

}  // namespace cvr::diagnose
