// G08: base URL, API version or product header are not those of the success.
#include "diagnose/fields.h"
#include "diagnose/rules/support.h"

namespace cvr::diagnose {
namespace {

std::string changed_header(const Call& call, const Call& good, const profiles::Diagnosis& vendor) {
  for (const std::string& name : vendor.steady_headers) {
    const RedactedField* was = find_field(good.parts->request.fields, name);
    const RedactedField* is = find_field(call.parts->request.fields, name);
    if ((was == nullptr) != (is == nullptr)) return name + (is == nullptr ? " is gone" : " is new");
    if (was != nullptr && was->value.text != is->value.text) return name + " has another value";
  }
  return {};
}

// An operation that never succeeded is compared with the others: they share base and headers.  What is alike there
// still proves nothing for this one, which stays open.
const Call* good_for(const Call& call) {
  if (call.last_success != nullptr) return call.last_success;
  return call.base_success != nullptr ? call.base_success : call.any_success;
}

std::string change_of(const Call& call, const profiles::Diagnosis& vendor) {
  const Call& good = *good_for(call);
  if (call.operation.base != good.operation.base) {
    return "the base URL was " + good.operation.base + " and is " + call.operation.base;
  }
  // What the token endpoint is sent is no measure for the API, nor the reverse.
  return call.token_call == good.token_call ? changed_header(call, good, vendor) : std::string();
}

}  // namespace

Finding g08(const Facts& facts, const Findings&) {
  Calls bad, open;
  std::string what;
  for (const Call* call : facts.failures()) {
    const std::string change = good_for(*call) == nullptr ? std::string() : change_of(*call, facts.vendor());
    if (!change.empty()) {
      if (what.empty()) what = change;
      bad.push_back(call);
    } else if (call->last_success == nullptr) {
      open.push_back(call);
    }
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
