// A04: operations that were permitted before the rebuild are forbidden after it, while the credential works.
#include "diagnose/rules/support.h"

namespace cvr::diagnose {

Finding a04(const Facts& facts, const Findings&) {
  if (!facts.profile().rebuild) return not_applicable("the profile names no rebuild");
  std::unordered_map<std::string, std::int64_t> first_success;  // by operation
  std::unordered_map<std::string, std::int64_t> last_success;   // by credential
  for (const Call* call : facts.subjects()) {
    if (!call->ok || !is_api_call(*call)) continue;
    first_success.try_emplace(call->operation.name, call->at_us);
    if (!call->accepted) continue;
    std::int64_t& last = last_success[call->credential.identity()];
    last = std::max(last, call->at_us);
  }
  Calls bad, open;
  std::set<std::string> operations;
  for (const Call* call : facts.failures()) {
    const auto window = facts.rebuild_before(*call);
    if (!window || !is_refusal(*call, facts.vendor()) || !is_api_call(*call)) continue;
    const auto before = first_success.find(call->operation.name);
    if (before == first_success.end() || before->second >= window->from) continue;
    const auto works = last_success.find(call->credential.identity());
    if (works == last_success.end() || works->second < window->from) {
      open.push_back(call);
    } else if (is_forbidden(*call, facts.vendor())) {
      bad.push_back(call);
      operations.insert(call->operation.name);
    }
  }
  if (!bad.empty()) {
    return fault(count_text(operations.size(), "operation") +
                     " permitted before the rebuild, forbidden after it: " + numbers(bad),
                 bad, "ask the vendor to restore the permissions of this connection");
  }
  if (!open.empty()) {
    return unknown("everything is refused since the rebuild, so that nothing shows which permissions are left",
                   "find one call that the credential may make", open);
  }
  if (facts.after().empty()) return no_calls();
  return pass("what was permitted before the rebuild was not forbidden after it");
}

}  // namespace cvr::diagnose
