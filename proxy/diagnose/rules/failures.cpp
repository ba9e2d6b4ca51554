#include "diagnose/rules/failures.h"

#include "diagnose/fields.h"

namespace cvr::diagnose {

Calls calls_that_failed(const Facts& facts, FailureKind kind) {
  Calls out;
  // Controls too: a network that is down is down for them.
  for (const Call& call : facts.timeline()) {
    if (call.in == In::kAfter && call.vendors && call.parts->failure && call.parts->failure->kind == kind) {
      out.push_back(&call);
    }
  }
  return out;
}

bool is_about_client_certificate(std::string_view detail) {
  static const std::vector<std::string> kWords = {"client_auth", "client_cert", "client certificate",
                                                  "certificate required", "certificate_required"};
  return holds_one_of(detail, kWords);
}

bool is_about_certificate(std::string_view detail) {
  if (is_about_client_certificate(detail)) return false;
  static const std::vector<std::string> kWords = {"cert",  "self-signed", "self signed", "issuer",
                                                  "chain", "verify",      "sec_error",   "pkix"};
  return holds_one_of(detail, kWords);
}

bool is_about_version(std::string_view detail) {
  static const std::vector<std::string> kWords = {"version",   "unsupported protocol",  "no protocols",
                                                  "no common", "ssl_error_unsupported", "ssl_protocol_error"};
  return holds_one_of(detail, kWords);
}

}  // namespace cvr::diagnose
