#include "diagnose/rules.h"

#include <algorithm>

#include "diagnose/rules/all.h"

namespace cvr::diagnose {
namespace {

// clang-format off
const std::vector<Rule> kRules = {
    {"C01", Side::kClientCode, c01, "a required header is absent", "profile: diagnosis.required_headers"},
    {"C02", Side::kClientCode, c02, "Authorization is badly formed", "RFC 6750 section 2.1"},
    {"C03", Side::kClientCode, c03, "the token is not whole", "RFC 7519 section 3"},
    {"C04", Side::kClientCode, c04, "the timestamp is missing, badly formed or off", "profile: diagnosis.timestamp_header"},
    {"C05", Side::kClientCode, c05, "the body's keys are not those that worked", "profile: diagnosis.operation"},
    {"C06", Side::kClientCode, c06, "the body holds values that can not be meant", "profile: diagnosis.future_dates, at_least_one, not_empty_lists, no_empty_texts"},
    {"C07", Side::kClientCode, c07, "a path or method that is not the API's", "profile: diagnosis.operation"},
    {"C08", Side::kClientCode, c08, "an id of before the rebuild", "profile: rebuild"},
    {"C09", Side::kClientCode, c09, "a credential in a form is not percent-coded", "RFC 6749 appendix B"},
    {"C10", Side::kClientCode, c10, "a refused call is repeated in haste", "RFC 9110 section 15.5"},
    {"C11", Side::kClientCode, c11, "the content type is not the body's", "RFC 9110 section 8.3"},
    {"C12", Side::kClientCode, c12, "CVR's gate refused the message", "RFC 9112 section 3"},
    {"C13", Side::kClientCode, c13, "an id lost its prefix, is of another kind, or is none", "profile: diagnosis.ids_have_prefixes, operation.ids"},
    {"G01", Side::kClientConfig, g01, "a credential or id of another environment", "profile: diagnosis.environment"},
    {"G02", Side::kClientConfig, g02, "the client authentication method is not the secret's", "RFC 6749 section 2.3"},
    {"G03", Side::kClientConfig, g03, "only one of two credentials was renewed, or another one works", "profile: diagnosis.pair_headers"},
    {"G04", Side::kClientConfig, g04, "the token is of another tenant", "profile: diagnosis.tenant_claim"},
    {"G05", Side::kClientConfig, g05, "the token is of another type", "profile: diagnosis.type_claim"},
    {"G06", Side::kClientConfig, g06, "credentials of before the rebuild", "profile: rebuild"},
    {"G07", Side::kClientConfig, g07, "the act-as header is gone", "profile: diagnosis.act_as_header"},
    {"G08", Side::kClientConfig, g08, "base URL, API version or product changed", "profile: diagnosis.steady_headers"},
    {"G09", Side::kClientConfig, g09, "the application refused CVR's certificate", "RFC 8446 section 6.2"},
    {"X01", Side::kCredential, x01, "the token had expired", "RFC 7519 section 4.1.4"},
    {"X02", Side::kCredential, x02, "the token is not valid yet", "RFC 7519 section 4.1.5"},
    {"X03", Side::kCredential, x03, "the client secret had expired", "case.toml: account.oauth_secret_expires"},
    {"X04", Side::kCredential, x04, "a credential stopped working", "RFC 9110 section 15.5.2"},
    {"X05", Side::kCredential, x05, "the connection was unused for too long", "profile: diagnosis.idle_days"},
    {"X06", Side::kCredential, x06, "a client secret stopped working", "RFC 6749 section 5.2"},
    {"A01", Side::kAccount, a01, "one credential, some calls accepted, some forbidden", "RFC 9110 section 15.5.4"},
    {"A02", Side::kAccount, a02, "the vendor says: no access to the company", "profile: diagnosis.codes.company_access"},
    {"A03", Side::kAccount, a03, "every new credential is refused", "profile: rebuild"},
    {"A04", Side::kAccount, a04, "fewer calls are permitted since the rebuild", "profile: rebuild"},
    {"A05", Side::kAccount, a05, "seen in the vendor's pages, not found in the API", "case.toml: account.visible_in_ui"},
    {"A06", Side::kAccount, a06, "a fresh token is refused", "RFC 6749 section 5.1"},
    {"A07", Side::kAccount, a07, "the vendor names plan or licence", "profile: diagnosis.plan_words"},
    {"V01", Side::kVendorOutage, v01, "server errors everywhere", "RFC 9110 section 15.6"},
    {"V02", Side::kVendorOutage, v02, "the vendor's internal error on a call that worked", "profile: diagnosis.codes.internal"},
    {"V03", Side::kVendorOutage, v03, "a page in the place of data", "profile: diagnosis.answers_json"},
    {"V04", Side::kVendorOutage, v04, "answers that break HTTP or JSON", "RFC 9112, RFC 8259"},
    {"V05", Side::kVendorOutage, v05, "answers are much slower", "EVIDENCE: V05"},
    {"R01", Side::kReset, r01, "failures during the weekly rebuild", "profile: rebuild"},
    {"R02", Side::kReset, r02, "success before the rebuild, failure after it", "profile: rebuild"},
    {"R03", Side::kReset, r03, "it came back by itself", "EVIDENCE: R03"},
    {"R04", Side::kReset, r04, "everything died at once, outside the rebuild", "profile: rebuild"},
    {"R05", Side::kReset, r05, "a change that goes live with the next rebuild", "profile: diagnosis.snapshot_weekday"},
    {"N01", Side::kNetwork, n01, "the name was not resolved", "RFC 1035"},
    {"N02", Side::kNetwork, n02, "no connection", "RFC 9293"},
    {"N03", Side::kNetwork, n03, "the certificate chain", "RFC 5280"},
    {"N04", Side::kNetwork, n04, "no common TLS version", "RFC 8446 section 4.2.1"},
    {"N05", Side::kNetwork, n05, "answers are cut short", "RFC 9112 section 8"},
    {"N06", Side::kNetwork, n06, "somebody else answered", "RFC 6585 section 6"},
    {"L01", Side::kRateLimit, l01, "the rate limit", "RFC 6585 section 4"},
    {"L02", Side::kRateLimit, l02, "refused after a burst of failures", "RFC 6585 section 4"},
    {"M01", Side::kMeta, m01, "the same call worked before", "EVIDENCE: normal form"},
    {"M02", Side::kMeta, m02, "the failing call is not the one that worked", "EVIDENCE: normal form"},
    {"M03", Side::kMeta, m03, "it fails again and again", "EVIDENCE: M03"},
    {"M04", Side::kMeta, m04, "a wrong credential gives another error", "EVIDENCE: M04"},
    {"M05", Side::kMeta, m05, "the application passes against the earlier cassette", "EVIDENCE: M05"},
    {"M06", Side::kMeta, m06, "what the record does not show", "EVIDENCE: M06"},
    {"M07", Side::kMeta, m07, "two sides are positive", "EVIDENCE: M07"},
};
// clang-format on

}  // namespace

const std::vector<Rule>& rules() { return kRules; }

Findings run_rules(const Facts& facts) {
  Findings out;
  out.reserve(rules().size());
  for (const Rule& rule : rules()) {
    Finding finding = rule.check(facts, out);
    finding.rule = rule.id;
    finding.side = rule.side;
    finding.reference = rule.reference;
    out.push_back(std::move(finding));
  }
  return out;
}

const Finding* find(const Findings& findings, std::string_view rule) {
  const auto found = std::ranges::find(findings, rule, &Finding::rule);
  return found == findings.end() ? nullptr : &*found;
}

bool is_hit(const Findings& findings, std::string_view rule) {
  const Finding* finding = find(findings, rule);
  return finding != nullptr && finding->is_hit();
}

bool is_client_rule(std::string_view rule) { return rule.starts_with('C') || rule.starts_with('G'); }

bool has_failing_client_rule(const Findings& findings) {
  return std::ranges::any_of(findings,
                             [](const Finding& f) { return is_client_rule(f.rule) && f.outcome == Outcome::kFail; });
}

}  // namespace cvr::diagnose
