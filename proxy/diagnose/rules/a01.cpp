// A01: one credential, within five minutes: some operations accepted, some forbidden.
#include <algorithm>

#include "diagnose/rules/support.h"

namespace cvr::diagnose {
namespace {

// Successes of each credential, by time.
std::unordered_map<std::string, Calls> successes(const Facts& facts) {
  std::unordered_map<std::string, Calls> out;
  for (const Call* call : facts.subjects()) {
    if (call->accepted) out[call->credential.identity()].push_back(call);
  }
  for (auto& [identity, calls] : out) std::ranges::stable_sort(calls, {}, &Call::at_us);
  return out;
}

// Of another operation, within five minutes.  Looks at most at the nearest few: flapping is rare.
const Call* near_success(const Calls& sorted, const Call& call) {
  constexpr int kMostLooked = 200;
  auto at = std::ranges::lower_bound(sorted, call.at_us - kNear, {}, &Call::at_us);
  for (int i = 0; at != sorted.end() && (*at)->at_us <= call.at_us + kNear && i < kMostLooked; ++at, ++i) {
    if ((*at)->operation.name != call.operation.name) return *at;
  }
  return nullptr;
}

}  // namespace

Finding a01(const Facts& facts, const Findings&) {
  const auto good = successes(facts);
  Calls bad;
  std::set<const Call*> accepted;
  std::size_t looked = 0;
  for (const Call* call : facts.failures()) {
    if (!is_forbidden(*call, facts.vendor()) || !is_api_call(*call)) continue;
    ++looked;
    const std::string identity = call->credential.identity();
    const auto found = good.find(identity);
    if (identity.empty() || found == good.end()) continue;
    if (const Call* near = near_success(found->second, *call)) {
      bad.push_back(call);
      if (accepted.size() < 3) accepted.insert(near);
    }
  }
  if (looked == 0) return pass("no call was forbidden");
  if (bad.empty()) return pass("no credential was accepted for one call and forbidden another");
  const std::string text = "the credential of " + numbers(bad) + " was accepted in " +
                           numbers(Calls(accepted.begin(), accepted.end())) + " within five minutes";
  bad.insert(bad.end(), accepted.begin(), accepted.end());
  return fault(text, bad, "ask the vendor which permissions this connection has, and for those that are missing");
}

}  // namespace cvr::diagnose
