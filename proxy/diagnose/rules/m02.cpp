// M02: the failing call is not the one that worked.  Caps the verdict.
#include <set>

#include "diagnose/fields.h"
#include "diagnose/rules/support.h"

namespace cvr::diagnose {
namespace {

// A probe makes some calls twice, with and without acting as an account.  Where both are on record and fail, the
// one that differs from the success by that header alone was made to differ, and the other one is judged.
class Twins {
 public:
  explicit Twins(const Facts& facts) : header_(facts.vendor().act_as_header) {
    if (header_.empty()) return;
    place_ = "header " + http::to_lower(header_);
    for (const Call* call : facts.failures()) {
      if (!call->step.empty()) keys_.insert(key(*call, acts(*call)));
    }
  }

  bool is_made_to_differ(const Call& call, const Comparison& difference) const {
    return !header_.empty() && !call.step.empty() && difference.count == 1 &&
           difference.differences.front().place == place_ && keys_.contains(key(call, !acts(call)));
  }

 private:
  bool acts(const Call& call) const { return find_field(call.parts->request.fields, header_) != nullptr; }
  static std::string key(const Call& call, bool acts) {
    return call.operation.name + "\n" + call.credential.identity() + (acts ? "\n+" : "\n-");
  }
  const std::string& header_;
  std::string place_;
  std::set<std::string> keys_;
};

// What may be cured by asking in another way.  The vendor answers 500 to what it can not read.
bool may_be_the_requests(const Call& call) {
  return (call.status >= 400 && call.status < 500 && call.status != 429) || call.status == 500;
}

}  // namespace

Finding m02(const Facts& facts, const Findings&) {
  Calls bad;
  std::set<const Call*> seen;
  std::string what;
  bool compared = false;
  const Twins twins(facts);
  const auto compare_with = [&](const Call* good, const Call* call) {
    if (call->trial) return;  // of several methods all but one are made to differ
    const Comparison difference = facts.difference(*good, *call);
    if (difference.sameness != Sameness::kDifferent || twins.is_made_to_differ(*call, difference)) return;
    if (!seen.insert(call).second) return;
    if (what.empty()) what = places_text(difference);
    bad.push_back(call);
  };
  // It worked in the end, when it was asked in another way.
  for (const Recovery& one : recoveries(facts)) {
    if (!may_be_the_requests(*one.failed)) continue;
    compared = true;
    if (!one.same_form) compare_with(one.success, one.failed);
  }
  for (const Call* call : facts.failures()) {
    if (call->last_success != nullptr) {
      compared = true;
      if (call->same_success == nullptr) compare_with(call->last_success, call);
    } else if (call->later_success != nullptr && may_be_the_requests(*call)) {
      // A form that never works where another one did.
      compared = true;
      if (!call->works_later) compare_with(call->later_success, call);
    }
  }
  if (facts.failures().empty()) return not_applicable("nothing fails");
  if (!bad.empty()) {
    return warn(numbers(bad) + " differs from the call that worked: " + what, bad,
                "repeat the call exactly as it was when it worked; look at the differences first");
  }
  if (!compared) {
    return unknown("no failing call is on record with a success", "give a recording in which it worked: --before FILE");
  }
  return pass("the failing calls have the form of those that worked");
}

}  // namespace cvr::diagnose
