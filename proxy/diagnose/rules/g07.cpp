// G07: the act-as header is absent where the success had it, or names another account than any with which it worked.  A
// hint, so it warns.
#include "diagnose/fields.h"
#include "diagnose/rules/support.h"

namespace cvr::diagnose {
namespace {

class ActsAs {
 public:
  explicit ActsAs(const Facts& facts) : name_(facts.vendor().act_as_header) {
    for (const Call* call : facts.subjects()) {
      if (!call->ok || !is_api_call(*call)) continue;
      needless_ |= !acts(*call);
      if (call->act_as.empty()) continue;
      worked_.insert(call->act_as);
      worked_for_.emplace(call->operation.name, call->act_as);
    }
    // Of a probe, which sends some calls with it and without it.
    for (const Call* call : facts.failures()) {
      if (!call->step.empty() && acts(*call)) failed_with_.insert(key(*call));
    }
  }

  bool acts(const Call& call) const { return find_field(call.parts->request.fields, name_) != nullptr; }
  bool has_failing_twin(const Call& call) const { return !call.step.empty() && failed_with_.contains(key(call)); }

  // An operation that never succeeded is compared with the others; what is alike there leaves it open.  Where calls
  // work without the header none needs it merely since others have it.
  bool is_missed(const Call& call) const {
    const Call* good = call.last_success != nullptr ? call.last_success : needless_ ? nullptr : call.base_success;
    return good != nullptr && acts(*good);
  }

  // For which nothing has worked, while it did for another one: of the operation, or of any when it never succeeded.
  bool is_another(const Call& call) const {
    if (call.act_as.empty()) return false;
    const auto of = worked_for_.lower_bound({call.operation.name, ""});
    if (of != worked_for_.end() && of->first == call.operation.name) {
      return !worked_for_.contains({call.operation.name, call.act_as});
    }
    return !worked_.empty() && !worked_.contains(call.act_as);
  }

 private:
  static std::string key(const Call& call) { return call.operation.name + "\n" + call.credential.identity(); }

  const std::string& name_;
  bool needless_ = false;
  std::set<std::string> worked_, failed_with_;
  std::set<std::pair<std::string, std::string>> worked_for_;  // operation, account
};

}  // namespace

Finding g07(const Facts& facts, const Findings&) {
  const std::string& name = facts.vendor().act_as_header;
  if (name.empty()) return not_applicable("the profile names no act-as header");
  const ActsAs known(facts);
  Calls bad, other, open;
  for (const Call* call : facts.failures()) {
    if (!is_api_call(*call)) continue;
    if (known.acts(*call)) {
      if (known.is_another(*call)) other.push_back(call);
    } else if (known.has_failing_twin(*call)) {
      continue;
    } else if (known.is_missed(*call)) {
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
  if (!other.empty()) {
    return warn(name + " of " + numbers(other) + " is not the one with which calls worked", other,
                "repeat the call with " + name + " as it was when it worked");
  }
  if (!open.empty() && open.size() == facts.failures().size()) {
    return unknown("no success is on record that shows whether " + name + " is needed",
                   "repeat one call with " + name + " and one without", open);
  }
  return pass(name + " stands where it stood when it worked");
}

}  // namespace cvr::diagnose
