// C01: a header that the vendor requires is absent.
#include "diagnose/fields.h"
#include "diagnose/rules/support.h"

namespace cvr::diagnose {

Finding c01(const Facts& facts, const Findings&) {
  const auto& required = facts.vendor().required_headers;
  if (required.empty()) return not_applicable("the profile names no required header");
  Calls bad;
  std::set<std::string> absent;
  std::size_t looked = 0;
  for (const Call* call : facts.after()) {
    if (!is_api_call(*call)) continue;
    ++looked;
    bool whole = true;
    for (const std::string& name : required) {
      if (find_field(call->parts->request.fields, name) != nullptr) continue;
      absent.insert(name);
      whole = false;
    }
    if (!whole) bad.push_back(call);
  }
  if (looked == 0) return no_calls();
  if (bad.empty()) return pass("every call has the required headers");
  std::string names;
  for (const std::string& name : absent) names += (names.empty() ? "" : ", ") + name;
  return fault(names + " absent in " + numbers(bad), bad, "send " + names + " with every call, then record again");
}

}  // namespace cvr::diagnose
