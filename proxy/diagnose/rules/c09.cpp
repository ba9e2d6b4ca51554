// C09: '+', '&', '=', '%' or non-ASCII stands raw in a credential of a form, or it is coded twice, quoted, or no value
// at all.
#include <algorithm>

#include "diagnose/fields.h"
#include "diagnose/rules/support.h"
#include "model/credential_notes.h"

namespace cvr::diagnose {

Finding c09(const Facts& facts, const Findings&) {
  Calls bad, rebuilt;
  std::string what;
  std::size_t looked = 0, accepted = 0;
  for (const Call* call : facts.after()) {
    const TokenRequest request = read_token_request(*call->parts);
    if (!call->token_call && request.coding.empty()) continue;
    ++looked;
    const bool own = !has_flag(*call->parts, kFlagRebuiltForm);
    if (!call->ok && !own) rebuilt.push_back(call);
    // How a form was coded that an importer put together is the importer's; what it holds is the client's.
    const auto problem = std::ranges::find_if(
        request.coding, [&](const std::string& one) { return own || !one.ends_with(kCodedTwice); });
    if (problem == request.coding.end()) continue;
    // What the vendor took was read as it was meant.
    if (call->ok) {
      ++accepted;
      continue;
    }
    if (what.empty()) what = *problem;
    bad.push_back(call);
  }
  if (!bad.empty()) {
    return fault(what + " in " + numbers(bad), bad,
                 "send it as it was given, percent-coded once: curl --data-urlencode, URLSearchParams, or the like");
  }
  if (!rebuilt.empty()) {
    return unknown(
        "the importer put the form of " + numbers(rebuilt) + " together, so that its coding is not on record",
        "record the call with cvr record, or save the HAR with the text of the body", rebuilt);
  }
  if (looked == 0) return facts.after().empty() ? no_calls() : not_applicable("no call carries a credential in a form");
  return pass(accepted == 0 ? "credentials in forms are percent-coded"
                            : "credentials in forms were accepted as they were coded");
}

}  // namespace cvr::diagnose
