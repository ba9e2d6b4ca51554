// G01: a credential or id of another environment.
#include "diagnose/named_ids.h"
#include "diagnose/rules/support.h"

namespace cvr::diagnose {
namespace {

constexpr const char* kNextStep = "use the credentials and ids that belong to this base URL";

// Environments in which each credential was accepted.
std::unordered_map<std::string, std::set<std::string>> accepted_in(const Facts& facts) {
  std::unordered_map<std::string, std::set<std::string>> out;
  for (const Call* call : facts.subjects()) {
    if (call->ok && !call->credential.token.empty()) out[call->credential.token].insert(call->environment);
    // What a token endpoint hands out is of its own environment.
    if (call->ok && call->token_call) {
      if (const auto issued = read_issued_token(*call->parts)) out[issued->token].insert(call->environment);
    }
  }
  return out;
}

}  // namespace

Finding g01(const Facts& facts, const Findings&) {
  if (facts.vendor().environments.size() < 2) return not_applicable("the profile knows one environment");
  if (facts.after().empty()) return no_calls();
  const auto accepted = accepted_in(facts);
  const auto seen = sightings(facts.subjects(), missing_ids(facts));
  Calls bad, open;
  for (const Call* call : facts.failures()) {
    if (call->environment.empty()) continue;
    if (const std::string said = environment_of(host_field(*call), facts.profile());
        !said.empty() && said != call->environment) {
      bad.push_back(call);
      continue;
    }
    for (const std::string& id : call->status == 404 ? named_ids(*call, facts.profile()) : std::vector<std::string>()) {
      const auto sighting = seen.find(id);
      if (sighting != seen.end() && !sighting->second.environments.contains(call->environment)) {
        bad.push_back(call);
      }
    }
    if (!call->refused() || call->token_call || call->credential.token.empty()) continue;
    const auto found = accepted.find(call->credential.token);
    if (found == accepted.end()) {
      open.push_back(call);
    } else if (!found->second.contains(call->environment)) {
      bad.push_back(call);
    }
  }
  if (!bad.empty()) {
    return fault("a credential, id or Host of another environment is used in " + numbers(bad), bad, kNextStep);
  }
  if (!facts.comparable()) {
    return redacted_away("the recordings were made with different pseudonym keys", "record both on one machine");
  }
  if (!open.empty()) {
    return unknown("nothing shows of which environment the credential of " + numbers(open) + " is",
                   "look up in the vendor's pages for which environment it was made", open);
  }
  return pass("credentials and ids are of the environment they are used in");
}

}  // namespace cvr::diagnose
