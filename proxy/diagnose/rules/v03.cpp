// V03: a page where data was usual.
#include "diagnose/answer.h"
#include "diagnose/fields.h"
#include "diagnose/rules/pages.h"
#include "diagnose/rules/support.h"

namespace cvr::diagnose {

bool is_page(const Call& call) {
  if (!call.parts->response || (call.status >= 300 && call.status < 400) || call.status == 511) return false;
  return holds_markup(*call.parts->response);
}

bool is_maintenance_page(const Call& call, const profiles::Diagnosis& vendor) {
  if (!call.parts->response) return false;
  const RedactedResponse& response = *call.parts->response;
  const bool waits = find_field(response.fields, "retry-after") != nullptr;
  // Data may speak of the maintenance of a thing; 503 says that it is the service's (RFC 9110 section 15.6.4).
  const bool speaks = is_page(call) || (call.status == 503 && !response.body.omitted);
  return waits && speaks && holds_one_of(response.body.content.text, vendor.maintenance_words);
}

Finding v03(const Facts& facts, const Findings&) {
  const auto was_json = [](const Call* good) {
    return good != nullptr && body_kind(*good->parts->response) == BodyKind::kJson;
  };
  Calls bad;
  for (const Call* call : facts.after()) {
    if (!facts.vendor().answers_json && !was_json(call->last_success)) continue;
    if (is_page(*call) || is_maintenance_page(*call, facts.vendor())) bad.push_back(call);
  }
  if (facts.after().empty()) return no_calls();
  if (bad.empty()) return pass("no page stands in the place of data");
  return fault("a page in the place of data: " + numbers(bad), bad,
               "open the base URL in a browser, look at the vendor's status page, and try again later");
}

}  // namespace cvr::diagnose
