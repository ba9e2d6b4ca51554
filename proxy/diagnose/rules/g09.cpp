// G09: the application refused CVR's certificate; no call is on record then, but a refusal is.  Or the vendor asks for
// a certificate of the client's own, and it has none that is taken.
#include "diagnose/fields.h"
#include "diagnose/rules/failures.h"
#include "diagnose/rules/unheard.h"

namespace cvr::diagnose {

Finding g09(const Facts& facts, const Findings&) {
  Calls bad, own;
  bool any = false;
  for (const Call& call : facts.timeline()) {
    if (call.in != In::kAfter) continue;
    any = true;
    if (has_flag(*call.parts, kFlagCertificateRefused)) bad.push_back(&call);
    const auto& failure = call.parts->failure;
    const bool tls = call.vendors && failure && failure->kind == FailureKind::kTls;
    if (tls && is_about_client_certificate(failure->detail)) own.push_back(&call);
  }
  if (!own.empty()) {
    return fault("the client's own certificate is missing or was not taken in " + numbers(own), own,
                 "give the application the client certificate that belongs to this account");
  }
  if (!bad.empty()) {
    return fault("the application refused CVR's certificate: " + numbers(bad), bad,
                 "let the application trust CVR's authority: cvr env, or cvr ca install");
  }
  const char* trust = "let the application trust CVR's authority: cvr env, or cvr ca install";
  const Refusals refused = refusals_of(facts, cassette::kRefusedCertificate, Host::kKnown);
  if (!refused.empty()) {
    return fault("CVR's certificate was refused by " + told(refused, "connection"), bad, trust);
  }
  const Refusals left = refusals_of(facts, cassette::kLeftHandshake, Host::kKnown);
  if (!left.empty()) {
    return unknown(
        told(left, "connection") + " left within TLS before a call: perhaps it does not trust CVR's authority", trust);
  }
  if (!any) return no_calls();
  if (facts.imported()) return not_applicable("an imported recording did not pass through CVR");
  return pass("the application trusted CVR's certificate in every call on record");
}

}  // namespace cvr::diagnose
