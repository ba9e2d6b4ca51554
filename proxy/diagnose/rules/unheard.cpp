#include "diagnose/rules/unheard.h"

#include "base/escape.h"
#include "diagnose/rules/support.h"

namespace cvr::diagnose {

Refusals refusals_of(const Facts& facts, std::string_view kind, Host host) {
  Refusals out;
  for (const cassette::Refusal* one : facts.refusals()) {
    if (one->kind == kind && one->host.empty() == (host == Host::kUnknown)) out.push_back(one);
  }
  return out;
}

std::string told(const Refusals& refusals, std::string_view word) {
  const cassette::Refusal& first = *refusals.front();
  const std::string host = first.host.empty() ? "" : " for " + printable(shortened(first.host, 100));
  return count_text(refusals.size(), word) + host + " (" + utc_text(first.at_utc_us) + ": " +
         printable(shortened(first.reason, 100)) + ")";
}

}  // namespace cvr::diagnose
