#include "probe/meaning.h"

#include <algorithm>

#include "base/escape.h"

namespace cvr::probe {
namespace {

bool has_code(const Answer& answer, const std::vector<std::string>& wanted) {
  return std::ranges::any_of(answer.errors.codes,
                             [&](const std::string& code) { return std::ranges::find(wanted, code) != wanted.end(); });
}

std::string_view failure_text(FailureKind kind) {
  switch (kind) {
    case FailureKind::kDns:
      return "the name has no address here";
    case FailureKind::kConnect:
      return "nobody answers at that address";
    case FailureKind::kTls:
      return "TLS or the certificate is not accepted";
    case FailureKind::kTimeout:
      return "no answer in time";
    case FailureKind::kReset:
      return "the connection was closed without an answer";
    case FailureKind::kProtocol:
      return "the answer breaks HTTP";
  }
  return "";
}

std::string_view cause_of(const Answer& answer, const profiles::Diagnosis& vendor) {
  if (answer.failure) return failure_text(answer.failure->kind);
  if (answer.status == 429) return "too many calls";
  // The vendor's own words say more than the status.
  if (has_code(answer, vendor.company_access_codes)) return "the account may not see that company's data";
  if (has_code(answer, vendor.permission_codes)) return "a permission is not granted";
  if (has_code(answer, vendor.client_codes)) return "the client's id, secret or method is not accepted";
  if (has_code(answer, vendor.not_authorized_codes) || answer.status == 403) return "accepted, and not permitted";
  if (answer.status == 401) return "the credential is refused";
  if (answer.status >= 500) return "an error of the vendor's server";
  if (has_code(answer, vendor.internal_codes))
    return "the vendor calls it an error of its own; a wrong call gets that too";
  if (answer.status == 404) return "not there, or not this account's";
  if (answer.status == 405) return "not offered there";
  if (answer.status == 400 || answer.status == 422) return "the call is not understood";
  if (answer.status >= 300 && answer.status < 400) return "sent elsewhere: a portal in between?";
  return answer.errors.codes.empty() ? "another answer than expected" : "answered with an error inside";
}

}  // namespace

std::string meaning_of(const profiles::PlanStep& step, const Answer& answer, bool as_expected,
                       const profiles::Diagnosis& vendor) {
  if (!answer.refused.empty()) return answer.refused;
  if (as_expected) {
    const bool control = step.auth == profiles::PlanStep::Auth::kNone || step.auth == profiles::PlanStep::Auth::kMadeUp;
    return control && answer.status >= 400 ? "refused, as it should be" : "works";
  }
  std::string out(cause_of(answer, vendor));
  if (!step.shows.empty()) out += ": " + printable(step.shows);
  return out;
}

}  // namespace cvr::probe
