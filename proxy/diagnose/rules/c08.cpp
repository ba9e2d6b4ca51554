// C08: an id that was first seen before the last rebuild, which wiped it: 404 or 410.  Whatever else the vendor
// answers, as long as nothing has worked with that id since, it may be for this.
#include "diagnose/named_ids.h"
#include "diagnose/rules/support.h"

namespace cvr::diagnose {

namespace {

bool is_missing(const Call& call) { return call.status == 404 || call.status == 410; }
// An answer about this call, and not about who asks or how often.
bool is_told(const Call& call) { return call.status != 0 && call.status != 401 && call.status != 429; }

}  // namespace

Finding c08(const Facts& facts, const Findings&) {
  if (!facts.profile().rebuild) return not_applicable("the profile names no rebuild");
  const std::set<std::string> ids = missing_ids(facts);
  Calls stale;
  for (const Call* call : facts.failures()) {
    if (call->stale_id && is_told(*call) && !is_missing(*call)) stale.push_back(call);
  }
  if (ids.empty() && stale.empty()) {
    return facts.after().empty() ? no_calls() : pass("no call for a single thing was answered 404");
  }
  if (!facts.comparable()) {
    return redacted_away("the recordings were made with different pseudonym keys", "record both on one machine");
  }
  const auto seen = sightings(facts.subjects(), ids);
  Calls bad, open;
  for (const Call* call : facts.failures()) {
    const auto window = is_missing(*call) ? facts.rebuild_before(*call) : std::nullopt;
    if (!window) continue;
    for (const std::string& id : named_ids(*call, facts.profile())) {
      const auto sighting = seen.find(id);
      if (sighting == seen.end()) {
        open.push_back(call);
      } else if (sighting->second.first_us < window->from) {
        bad.push_back(call);
      }
    }
  }
  if (!bad.empty()) {
    return fault("an id of before the last rebuild is asked for: " + numbers(bad), bad,
                 "delete stored ids after each rebuild and create what is needed anew");
  }
  if (!stale.empty()) {
    return unknown(
        "an id of before the last rebuild is used in " + numbers(stale) + ", and nothing shows that it is still there",
        "delete stored ids after each rebuild, and repeat the calls with what was created since", stale);
  }
  if (!open.empty()) {
    return unknown("where the id of " + numbers(open) + " comes from is not on record",
                   "record the call that gives this id", open);
  }
  return pass("what was answered 404 was not of before the rebuild");
}

}  // namespace cvr::diagnose
