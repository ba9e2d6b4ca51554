// G02: the secret is of another client authentication method than the one that is used, or two at once.
#include <algorithm>

#include "diagnose/rules/support.h"

namespace cvr::diagnose {
namespace {

// Methods with which each client got a token.
std::unordered_map<std::string, std::set<std::string>> methods_that_worked(const Facts& facts) {
  std::unordered_map<std::string, std::set<std::string>> out;
  for (const Call* call : facts.subjects()) {
    if (!call->token_call || !call->ok) continue;
    const TokenRequest request = read_token_request(*call->parts);
    if (request.methods.size() == 1 && !request.client.empty()) out[request.client].insert(request.methods.front());
  }
  return out;
}

// The method that the vendor's error names: "invalid_client_secret_post" gives client_secret_post.
std::string named_method(const Call& call) {
  for (const std::string& code : call.codes) {
    if (code.starts_with("invalid_client_secret_")) return code.substr(8);
  }
  return {};
}

}  // namespace

Finding g02(const Facts& facts, const Findings&) {
  const auto worked = methods_that_worked(facts);
  const std::string registered = facts.account() == nullptr ? std::string() : facts.account()->oauth_method;
  Calls bad, open;
  std::string what;
  std::size_t looked = 0;
  const auto complain = [&](const Call* call, const std::string& problem) {
    if (what.empty()) what = problem;
    bad.push_back(call);
  };
  for (const Call* call : facts.after()) {
    if (!call->token_call) continue;
    ++looked;
    const TokenRequest request = read_token_request(*call->parts);
    if (call->ok) continue;
    // Other methods than the secret's are no fault of a probe that finds out which it is.
    if (call->trial) {
      if (registered.empty()) open.push_back(call);
      continue;
    }
    if (request.methods.size() > 1) {
      complain(call, "two methods at once");
      continue;
    }
    if (request.methods.empty()) {
      complain(call, "no client authentication at all");
      continue;
    }
    const std::string named = named_method(*call);
    const std::string& used = request.methods.front();
    const auto known = worked.find(request.client);
    if (!registered.empty()) {
      if (used != registered)
        complain(call, used + " is used, and the secret is of " + registered);
      else if (!named.empty() && named != registered)
        complain(call, "the vendor names " + named + ", and the secret is of " + registered);
    } else if (known != worked.end()) {
      const std::string& other = known->second.contains(used) && !named.empty() ? named : used;
      if (!known->second.contains(other)) complain(call, other + " is used, and " + *known->second.begin() + " worked");
    } else if (call->status == 401 || call->has_code(facts.vendor().client_codes)) {
      open.push_back(call);
    }
  }
  if (!bad.empty()) {
    return fault(what + ": " + numbers(bad), bad, "use the one method that was chosen when the secret was made");
  }
  if (!open.empty()) {
    return unknown("for which method the secret of " + numbers(open) + " was made is not on record",
                   "write it into case.toml: [account] oauth_method", open);
  }
  if (looked == 0) return facts.after().empty() ? no_calls() : not_applicable("no call to the token endpoint");
  return pass("the client authentication method is the secret's");
}

}  // namespace cvr::diagnose
