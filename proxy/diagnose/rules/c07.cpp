// C07: a path or method that never succeeded and is not documented, and fails: 404 or 405, or any other 4xx but those
// that all calls get (401, 429), or an error of the API's own: some vendors refuse what they do not have.  Another 5xx
// leaves it open.
#include "diagnose/rules/pages.h"
#include "diagnose/rules/support.h"

namespace cvr::diagnose {
namespace {

// "GET /trips below https://host/api": a call below another base is another one.
std::string place_of(const Call& call) { return call.operation.name + " below " + call.operation.base; }

}  // namespace

Finding c07(const Facts& facts, const Findings&) {
  std::set<std::string> succeeded;
  for (const Call* call : facts.subjects()) {
    if (call->ok) succeeded.insert(place_of(*call));
  }
  Calls bad, open;
  std::size_t met = 0;
  const bool any_status = !facts.vendor().operations.empty();
  for (const Call* call : facts.failures()) {
    const bool missing = call->status == 404 || call->status == 405;
    const bool told = call->status >= 400 && call->status != 401 && call->status != 429 &&
                      !is_maintenance_page(*call, facts.vendor());
    if (!missing && !(any_status && told && is_api_call(*call))) continue;
    met += missing ? 1 : 0;
    const bool documented = call->operation.known != nullptr && call->operation.documented_base;
    if (documented || succeeded.contains(place_of(*call))) continue;
    const bool own = call->status < 500 || call->has_code(facts.vendor().internal_codes);
    (own ? bad : open).push_back(call);
  }
  if (facts.after().empty()) return no_calls();
  if (bad.empty() && !open.empty()) {
    return unknown(place_of(*open.front()) + " is not in the profile and never worked",
                   "compare the path with the vendor's reference", open);
  }
  if (met == 0 && bad.empty()) return pass("no call was answered 404 or 405");
  if (bad.empty()) return pass("what was answered 404 or 405 is a call of the API");
  if (facts.vendor().operations.empty()) {
    return unknown("the profile does not say which calls the API has", "compare the path with the vendor's reference",
                   bad);
  }
  return fault(place_of(*bad.front()) + " is no documented call and never worked: " + numbers(bad), bad,
               "use the documented path and method");
}

}  // namespace cvr::diagnose
