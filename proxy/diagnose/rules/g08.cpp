// G08: base URL, API version or product header are not those of the success.
#include "diagnose/fields.h"
#include "diagnose/rules/support.h"

namespace cvr::diagnose {
namespace {

std::string change_of(const Call& call, const profiles::Diagnosis& vendor) {
  const Call& good = *call.last_success;
  if (call.operation.base != good.operation.base) {
    return "the base URL was " + good.operation.base + " and is " + call.operation.base;
  }
  for (const std::string& name : vendor.steady_headers) {
    const RedactedField* was = find_field(good.parts->request.fields, name);
    const RedactedField* is = find_field(call.parts->request.fields, name);
    if ((was == nullptr) != (is == nullptr)) return name + (is == nullptr ? " is gone" : " is new");
    if (was != nullptr && was->value.text != is->value.text) return name + " has another value";
  }
  return {};
}

}  // namespace

Finding g08(const Facts& facts, const Findings&) {
  Calls bad, open;
  std::string what;
  for (const Call* call : facts.failures()) {
    if (call->last_success == nullptr) {
      open.push_back(call);
      continue;
    }
    const std::string change = change_of(*call, facts.vendor());
    if (change.empty()) continue;
    if (what.empty()) what = change;
    bad.push_back(call);
  }
  if (facts.after().empty()) return no_calls();
  if (!bad.empty()) {
    return fault(what + ": " + numbers(bad), bad, "go back to the base URL and headers that worked, then record again");
  }
  if (!open.empty() && open.size() == facts.failures().size()) {
    return unknown("no success is on record to compare the failing calls with",
                   "give a recording in which these calls worked: --before FILE", open);
  }
  return pass("base URL and headers are those of the success");
}

}  // namespace cvr::diagnose
