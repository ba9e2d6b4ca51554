// N06: a captive portal, or another origin, answered in the vendor's place.
#include "base/escape.h"
#include "diagnose/fields.h"
#include "diagnose/rules/support.h"

namespace cvr::diagnose {
namespace {

// The host of an absolute URL, lower case; empty: a relative one.
std::string host_of(std::string_view url) {
  const std::size_t slashes = url.find("//");
  if (slashes == url.npos || url.substr(0, slashes).find_first_of("/?#") != url.npos) return {};
  std::string_view authority = url.substr(slashes + 2);
  authority = authority.substr(0, authority.find_first_of("/?#"));
  const std::size_t at = authority.rfind('@');
  if (at != authority.npos) authority.remove_prefix(at + 1);
  return http::to_lower(authority.substr(0, authority.rfind(':')));
}

}  // namespace

Finding n06(const Facts& facts, const Findings&) {
  Calls bad;
  std::string where;
  for (const Call& call : facts.timeline()) {
    if (call.in != In::kAfter || !call.vendors || !call.parts->response) continue;
    const bool redirect = call.status >= 300 && call.status < 400 && call.status != 304;
    const std::string host = redirect ? host_of(field_value(call.parts->response->fields, "location")) : std::string();
    const bool foreign = !host.empty() && !fits_host(facts.profile().hosts, host);
    if (call.status != 511 && !foreign) continue;
    if (where.empty() && foreign) where = " (" + printable(shortened(host, 80)) + ")";
    bad.push_back(&call);
  }
  if (bad.empty()) return facts.timeline().empty() ? no_calls() : pass("nobody else answered");
  return fault("somebody else answered in the vendor's place" + where + ": " + numbers(bad), bad,
               "sign in to the network, or try from another one");
}

}  // namespace cvr::diagnose
