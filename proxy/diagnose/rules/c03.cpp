// C03: a token that is not three base64url parts, or shorter than the last one that worked; a credential beside it that
// has not the shape of the profile.
#include "diagnose/rules/pair_shapes.h"
#include "diagnose/rules/support.h"
#include "model/credential_notes.h"

namespace cvr::diagnose {
namespace {

// Opaque to the eye, but told by its size: a signature of one algorithm has one length.
bool is_shorter(const Credential& now, const Credential& good) {
  if (now.is_jwt && good.is_jwt) {
    return now.algorithm == good.algorithm && now.signature_size < good.signature_size;
  }
  return !now.is_jwt && !good.is_jwt && now.token.size() < good.token.size();
}

std::string problem_of(const Call& call, const profiles::Diagnosis& vendor) {
  const Credential& now = call.credential;
  if (const PairProblem pair = shape_problem(call); !pair.what.empty()) return pair.header + ": " + pair.what;
  if (now.token.empty() || now.scheme == "basic") return {};
  for (const std::string& note : now.shape_notes) {
    if (!note.starts_with("quotes") && !note.starts_with("a space") && note != kSchemeTwice) return note;
  }
  const Call* good = call.last_token_success != nullptr ? call.last_token_success : call.last_success;
  const bool good_is_jwt = good != nullptr && good->credential.is_jwt;
  // A profile that names claims says that its tokens are JWTs.
  const bool jwt_wanted =
      good_is_jwt || now.looks_like_jwt || !vendor.type_claim.empty() || !vendor.tenant_claim.empty();
  if (jwt_wanted && !now.is_jwt) return "not three base64url parts around a JSON object";
  if (good != nullptr && good->credential.scheme == now.scheme && is_shorter(now, good->credential)) {
    return "shorter than the one that worked in " + numbers({good});
  }
  return {};
}

}  // namespace

Finding c03(const Facts& facts, const Findings&) {
  Calls bad;
  std::string what;
  std::size_t looked = 0;
  for (const Call* call : facts.after()) {
    const bool bearer = !call->credential.token.empty() && call->credential.scheme != "basic";
    if (!is_api_call(*call) || (!bearer && shape_problem(*call).what.empty())) continue;
    ++looked;
    const std::string problem = problem_of(*call, facts.vendor());
    if (problem.empty()) continue;
    if (what.empty()) what = problem;
    bad.push_back(call);
  }
  if (facts.after().empty()) return no_calls();
  if (looked == 0) return not_applicable("no call carries a bearer token");
  if (bad.empty()) return pass("the tokens are whole");
  return fault("the token of " + numbers(bad) + " is not whole: " + what, bad,
               "copy the token again, whole and on one line, and compare its length");
}

}  // namespace cvr::diagnose
