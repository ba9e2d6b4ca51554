// C13: an id without its prefix.
#include <algorithm>

#include "diagnose/rules/support.h"

namespace cvr::diagnose {

Finding c13(const Facts& facts, const Findings&) {
  if (!facts.vendor().ids_have_prefixes) return not_applicable("the vendor's ids have no prefixes");
  Calls bad;
  std::size_t looked = 0;
  for (const Call* call : facts.after()) {
    if (call->operation.ids.empty()) continue;
    ++looked;
    const bool bare = std::ranges::any_of(
        call->operation.ids, [&](const std::string& id) { return id_class(id, facts.profile()) == "<number>"; });
    if (bare && call->failed) bad.push_back(call);
  }
  if (facts.after().empty()) return no_calls();
  if (!bad.empty()) {
    return fault("the id of " + numbers(bad) + " has no prefix", bad,
                 "send ids as the vendor gave them, with their prefix");
  }
  return looked == 0 ? not_applicable("no call names an id") : pass("ids have their prefixes, or were found without");
}

}  // namespace cvr::diagnose
