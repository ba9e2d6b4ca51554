// A05: a thing that somebody sees in the vendor's pages (attested) is not found in the API.
#include "diagnose/rules/support.h"

namespace cvr::diagnose {

Finding a05(const Facts& facts, const Findings&) {
  if (facts.account() == nullptr || facts.account()->visible_in_ui.empty()) {
    return not_applicable("nothing is attested to be seen in the vendor's pages");
  }
  std::set<std::string> wanted, asked;
  for (const VisibleInUi& one : facts.account()->visible_in_ui) wanted.insert(one.id);
  std::set<std::string> valid;
  for (const Call* call : facts.after()) {
    if (call->accepted) valid.insert(call->credential.identity());
  }
  Calls bad, open;
  for (const Call* call : facts.after()) {
    bool concerns = false;
    for (const std::string& id : call->operation.ids) {
      if (!wanted.contains(id)) continue;
      concerns = true;
      asked.insert(id);
    }
    if (!concerns || call->status != 404) continue;
    (valid.contains(call->credential.identity()) ? bad : open).push_back(call);
  }
  if (!bad.empty()) {
    return warn("seen in the vendor's pages, as attested, and answered 404: " + numbers(bad), bad,
                "ask the vendor to which company this thing belongs");
  }
  if (!open.empty()) {
    return unknown("answered 404, and nothing shows that the credential of " + numbers(open) + " is valid",
                   "make a call that works with the same credential", open);
  }
  if (asked.empty()) {
    return unknown("what is attested to be seen was not asked for on record, or its id was redacted",
                   "ask the API for it and record that");
  }
  return pass("what is seen in the vendor's pages is found in the API");
}

}  // namespace cvr::diagnose
