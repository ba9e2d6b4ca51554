// N03: the certificate chain is not valid, or its issuer changed to a private one.
#include "diagnose/fields.h"
#include "diagnose/rules/failures.h"

namespace cvr::diagnose {
namespace {

// Issuers that public hosts have; a new one of these is a renewal.
bool is_public(std::string_view issuer) {
  static const std::vector<std::string> kWords = {
      "let's encrypt", "isrg",    "digicert",  "sectigo",   "globalsign", "google trust", "gts ",
      "amazon",        "entrust", "godaddy",   "go daddy",  "comodo",     "certum",       "buypass",
      "microsoft",     "zerossl", "usertrust", "geotrust",  "thawte",     "rapidssl",     "quovadis",
      "swisssign",     "actalis", "ssl.com",   "starfield", "identrust",  "harica",       "wisekey"};
  // Let's Encrypt signs as R3, R10, E5 ...
  const bool short_name = issuer.size() >= 2 && issuer.size() <= 3 && (issuer[0] == 'R' || issuer[0] == 'E') &&
                          issuer.find_first_not_of("0123456789", 1) == issuer.npos;
  return short_name || holds_one_of(issuer, kWords);
}

}  // namespace

Finding n03(const Facts& facts, const Findings&) {
  Calls bad, unverified;
  std::string what;
  std::map<std::string, std::string> last;  // the issuer seen before, by host
  bool known = false;
  for (const Call& call : facts.timeline()) {
    if (!call.vendors) continue;
    const RedactedParts& parts = *call.parts;
    const std::string issuer(flag_value(parts, kFlagTlsIssuer));
    std::string& was = last[parts.request.origin.host];
    if (call.in == In::kAfter) {
      const auto& failure = parts.failure;
      if (failure && failure->kind == FailureKind::kTls && is_about_certificate(failure->detail)) {
        if (what.empty()) what = "the certificate was not accepted";
        bad.push_back(&call);
      } else if (!issuer.empty() && !was.empty() && issuer != was && !is_public(issuer)) {
        if (what.empty()) what = "the issuer of the certificate changed to a private one";
        bad.push_back(&call);
      }
      // CVR verifies the chain of what it records, unless told not to.
      known |= !issuer.empty() || (parts.arrival != Arrival::kImport && parts.response.has_value());
      if (has_flag(parts, kFlagInsecureUpstream)) unverified.push_back(&call);
    }
    // What was seen first is what a later one is compared with.
    if (!issuer.empty() && was.empty()) was = issuer;
  }
  if (!bad.empty()) {
    return fault(what + " in " + numbers(bad), bad, "look for a middlebox that opens TLS; try from another network");
  }
  if (!unverified.empty()) {
    return unknown("recorded with --insecure-upstream: nobody looked at the chain", "record without it", unverified);
  }
  if (facts.after().empty() && facts.controls().empty()) return no_calls();
  if (!known) return unknown("the recording does not say who issued the certificate");
  return pass("the certificate chain is sound");
}

}  // namespace cvr::diagnose
