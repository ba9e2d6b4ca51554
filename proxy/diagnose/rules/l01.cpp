// L01: 429, or nothing remains of the limit.
#include <algorithm>

#include "diagnose/fields.h"
#include "diagnose/rules/support.h"

namespace cvr::diagnose {
namespace {

bool is_used_up(const RedactedParts& parts) {
  constexpr std::string_view kNames[] = {"x-rate-limit-remaining", "x-ratelimit-remaining", "ratelimit-remaining",
                                         "rate-limit-remaining"};
  return parts.response && std::ranges::any_of(kNames, [&](std::string_view name) {
           return field_value(parts.response->fields, name) == "0";
         });
}

}  // namespace

Finding l01(const Facts& facts, const Findings&) {
  Calls bad;
  bool refused = false;
  for (const Call& call : facts.timeline()) {
    if (call.in != In::kAfter || !call.vendors) continue;
    refused |= call.status == 429;
    if (call.status == 429 || is_used_up(*call.parts)) bad.push_back(&call);
  }
  if (facts.after().empty() && facts.controls().empty()) return no_calls();
  if (bad.empty()) return pass("no limit was met");
  constexpr const char* kNextStep = "wait as long as Retry-After says, and make fewer calls";
  if (!refused) return warn("nothing remains of the rate limit in " + numbers(bad), bad, kNextStep);
  return fault("the rate limit was met in " + numbers(bad), bad, kNextStep);
}

}  // namespace cvr::diagnose
