// G07: the act-as header is absent where the success had it.  A hint, so it warns.
#include "diagnose/fields.h"
#include "diagnose/rules/support.h"

namespace cvr::diagnose {

Finding g07(const Facts& facts, const Findings&) {
  const std::string& name = facts.vendor().act_as_header;
  if (name.empty()) return not_applicable("the profile names no act-as header");
  const auto acts = [&](const Call& call) { return find_field(call.parts->request.fields, name) != nullptr; };
  const auto key = [](const Call& call) { return call.operation.name + "\n" + call.credential.identity(); };
  // Calls that work without it: then no call needs it merely since others have it.
  bool needless = false;
  for (const Call* call : facts.subjects()) needless |= call->ok && is_api_call(*call) && !acts(*call);
  // Of a probe, which sends some calls with it and without it.
  std::set<std::string> failed_with;
  for (const Call* call : facts.failures()) {
    if (!call->step.empty() && acts(*call)) failed_with.insert(key(*call));
  }
  Calls bad, open;
  for (const Call* call : facts.failures()) {
    if (!is_api_call(*call) || acts(*call)) continue;
    if (!call->step.empty() && failed_with.contains(key(*call))) continue;
    // An operation that never succeeded is compared with the others; what is alike there leaves it open.
    const Call* other = needless ? nullptr : call->base_success;
    const Call* good = call->last_success != nullptr ? call->last_success : other;
    if (good != nullptr && acts(*good)) {
      bad.push_back(call);
    } else if (call->last_success == nullptr) {
      open.push_back(call);
    }
  }
  if (facts.after().empty()) return no_calls();
  if (!bad.empty()) {
    return warn(name + " is absent in " + numbers(bad) + ", and the success had it", bad,
                "repeat the call with " + name + ", as it was when it worked");
  }
  if (!open.empty() && open.size() == facts.failures().size()) {
    return unknown("no success is on record that shows whether " + name + " is needed",
                   "repeat one call with " + name + " and one without", open);
  }
  return pass(name + " stands where it stood when it worked");
}

}  // namespace cvr::diagnose
