// X04: success, then 401, with the same credential and request and no rebuild between.
#include "diagnose/rules/support.h"

namespace cvr::diagnose {

Finding x04(const Facts& facts, const Findings&) {
  Calls bad;
  std::size_t looked = 0;
  bool compared = false;
  std::unordered_map<std::string, const Call*> worked;  // with the same request and credential, the last
  for (const Call* call : facts.subjects()) {
    const std::string key =
        call->operation.name + "\n" + std::to_string(call->form.digest) + "\n" + call->credential.identity();
    if (call->ok) worked[key] = call;
    if (call->in != In::kAfter || !call->failed || call->status != 401 || !is_api_call(*call)) continue;
    ++looked;
    compared |= call->same_success != nullptr;
    const auto found = worked.find(key);
    if (found == worked.end()) continue;
    const Call* good = found->second;
    compared = true;
    const auto window = facts.rebuild_before(*call);
    if (window && good->at_us < window->to) continue;
    bad.push_back(call);
  }
  if (!bad.empty()) {
    return fault("the credential of " + numbers(bad) + " worked before, without a rebuild between", bad,
                 "ask the vendor whether this credential was revoked, or make a new one");
  }
  if (looked == 0) return pass("no call was answered 401");
  if (!compared) {
    return unknown("the same call with a success is not on record",
                   "give a recording in which it worked: --before FILE");
  }
  return pass("no credential stopped working by itself");
}

}  // namespace cvr::diagnose
