// R03: what failed works again with the same request and credential.
#include "diagnose/rules/support.h"

namespace cvr::diagnose {

Finding r03(const Facts& facts, const Findings&) {
  struct State {
    Calls failed;  // since the last success
    const Call* recovered = nullptr;
    const Call* changed = nullptr;  // came back, but after a change of the client
    bool ended_ok = false;
  };
  std::map<std::string, State> states;
  for (const Call* call : facts.after()) {
    State& state = states[call->operation.name];
    state.ended_ok = call->ok;
    if (call->failed) state.failed.push_back(call);
    if (!call->ok || state.failed.empty()) continue;
    const Call& last = *state.failed.back();
    const bool same =
        last.form.digest == call->form.digest && last.credential.identity() == call->credential.identity();
    (same ? state.recovered : state.changed) = call;
  }
  Calls back, changed;
  for (const auto& [operation, state] : states) {
    if (!state.ended_ok || state.failed.empty()) continue;
    if (state.recovered != nullptr && state.changed == nullptr) {
      back.insert(back.end(), {state.failed.back(), state.recovered});
    } else if (state.changed != nullptr) {
      changed.insert(changed.end(), {state.failed.back(), state.changed});
    }
  }
  if (!back.empty()) {
    return warn("failed and works again, with the same request and credential: " + numbers(back), back,
                "nothing to change; keep the recording, and ask the vendor what happened");
  }
  if (facts.failures().empty()) return pass("nothing fails");
  if (!changed.empty()) {
    return pass("works again, after a change of the client: " + numbers(changed), changed);
  }
  return pass("what fails has not come back on record");
}

}  // namespace cvr::diagnose
