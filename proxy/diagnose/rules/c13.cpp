// C13: an id without its prefix, in path, query or body.
#include "diagnose/named_ids.h"
#include "diagnose/rules/support.h"

namespace cvr::diagnose {

Finding c13(const Facts& facts, const Findings&) {
  if (!facts.vendor().ids_have_prefixes) return not_applicable("the vendor's ids have no prefixes");
  Calls bad;
  std::size_t looked = 0;
  for (const Call* call : facts.after()) {
    const bool bare = call->failed && has_bare_id(*call, facts.profile());
    if (!bare && call->operation.ids.empty()) continue;
    ++looked;
    if (bare) bad.push_back(call);
  }
  if (facts.after().empty()) return no_calls();
  if (!bad.empty()) {
    return fault("the id of " + numbers(bad) + " has no prefix", bad,
                 "send ids as the vendor gave them, with their prefix");
  }
  return looked == 0 ? not_applicable("no call names an id") : pass("ids have their prefixes, or were found without");
}

}  // namespace cvr::diagnose
