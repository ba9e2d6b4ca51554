// A07: 402, or a text about plan or licence.
#include "diagnose/fields.h"
#include "diagnose/rules/support.h"

namespace cvr::diagnose {

Finding a07(const Facts& facts, const Findings&) {
  Calls bad;
  for (const Call* call : facts.failures()) {
    if (call->status == 402 || holds_one_of(call->title, facts.vendor().plan_words)) bad.push_back(call);
  }
  if (bad.empty()) return pass("no answer speaks of plan or licence");
  return fault("the vendor speaks of plan or licence in " + numbers(bad), bad,
               "ask the vendor which plan this call needs");
}

}  // namespace cvr::diagnose
