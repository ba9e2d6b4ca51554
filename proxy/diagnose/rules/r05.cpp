// R05: an account or permission was changed after the snapshot of the next rebuild was taken (attested).
#include "diagnose/rules/support.h"

namespace cvr::diagnose {
namespace {

// The day on which the accounts are taken over for the rebuild that begins at `from`.
std::int64_t snapshot_of(std::int64_t from, int snapshot_weekday, int rebuild_weekday) {
  const int days = (rebuild_weekday - snapshot_weekday + 7) % 7;
  return from - from % kDay - days * kDay;
}

}  // namespace

Finding r05(const Facts& facts, const Findings&) {
  const auto& rebuild = facts.profile().rebuild;
  const int weekday = facts.vendor().snapshot_weekday;
  if (!rebuild || weekday < 0) return not_applicable("the profile names no snapshot");
  if (facts.account() == nullptr) return not_applicable("no change of the account is attested");
  std::vector<const Permission*> changed;
  for (const Permission& permission : facts.account()->permissions) {
    if (permission.changed_at_us) changed.push_back(&permission);
  }
  if (changed.empty()) return not_applicable("no time of a change is attested");
  Calls bad;
  std::string name;
  std::int64_t live = 0;
  for (const Call* call : facts.failures()) {
    const auto window = facts.rebuild_before(*call);
    if (!window || !is_refusal(*call, facts.vendor())) continue;
    for (const Permission* one : changed) {
      if (*one->changed_at_us < snapshot_of(window->from, weekday, rebuild->weekday)) continue;
      if (*one->changed_at_us > call->at_us) continue;
      name = one->name;
      // The first rebuild whose snapshot has the change.
      live = window->from;
      while (snapshot_of(live, weekday, rebuild->weekday) <= *one->changed_at_us) live += kWeek;
      bad.push_back(call);
      break;
    }
  }
  if (bad.empty()) return pass("the attested changes were made before the snapshot");
  return warn(name + " was changed after the snapshot, as attested; " + numbers(bad) + " can not know of it yet", bad,
              "wait for the rebuild of " + time_text(live) + ", or ask the vendor to apply the change now");
}

}  // namespace cvr::diagnose
