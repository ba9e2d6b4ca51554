// G03: of two credentials that are issued together only one was renewed after the rebuild.  Whatever the call
// failed with: a pair of two ages is the client's to mend first.  A token of the token endpoint is as new as
// its issue.  And, for any vendor: a token other than the one with which calls work between the same two rebuilds. Both
// may be right for other calls, but that this call fails with the one shows nothing against the vendor.  The same of a
// client at the token endpoint; and of a token that stands beside another one than it worked with, rebuilt or not.
#include <algorithm>

#include "diagnose/rules/pages.h"
#include "diagnose/rules/support.h"

namespace cvr::diagnose {
namespace {

struct Ages {
  std::size_t old = 0, all = 0;
};

Ages ages_of(const Credential& credential, const std::unordered_map<std::string, std::int64_t>& first_seen,
             std::int64_t rebuild) {
  Ages out;
  const auto count = [&](const std::string& text) {
    if (text.empty()) return;
    ++out.all;
    const auto found = first_seen.find(text);
    if (found != first_seen.end() && found->second < rebuild) ++out.old;
  };
  count(credential.token);
  std::ranges::for_each(credential.pair, count);
  return out;
}

// What stood beside each token when a call worked.
std::unordered_map<std::string, std::set<std::vector<std::string>>> pairs_that_worked(const Facts& facts) {
  std::unordered_map<std::string, std::set<std::vector<std::string>>> out;
  for (const Call* call : facts.subjects()) {
    if (call->ok && !call->token_call && !call->credential.token.empty())
      out[call->credential.token].insert(call->credential.pair);
  }
  return out;
}

// Whose a token is: those that the token endpoint hands out to one client and secret are one.
class Owners {
 public:
  explicit Owners(const Facts& facts) : issued_(issued_tokens(facts)) {}
  bool is_issued(const std::string& token) const { return issued_.contains(token); }
  // nullopt: nobody issued it on record.
  std::optional<std::int64_t> issued_us(const std::string& token) const {
    const auto found = issued_.find(token);
    return found == issued_.end() ? std::nullopt : std::optional(found->second.at_us);
  }
  std::string of(const std::string& token) const {
    const auto found = issued_.find(token);
    if (found == issued_.end()) return token;
    const TokenRequest request = read_token_request(*found->second.call->parts);
    return request.client.empty() ? token : "client\n" + request.client + "\n" + request.secret;
  }

 private:
  std::unordered_map<std::string, Issue> issued_;
};

// Between which rebuilds, and of which environment: what worked elsewhere or then says nothing of here and now.
std::string era_of(const Facts& facts, const Call& call) {
  const auto window = facts.rebuild_before(call);
  return call.environment + "\n" + (window ? std::to_string(window->from) : std::string());
}

// 429, and what gateways say for a service that is down: no token could change that.
bool is_overload(const Call& call) {
  return call.status == 429 || call.status == 502 || call.status == 503 || call.status == 504;
}

// What the vendor refused, or answered with an error of its own, with a token that never works while another does.
Calls with_another_token(const Facts& facts) {
  const Owners owners(facts);
  struct Working {
    std::set<std::string> owners;
    bool issued = false, given = false;  // by the token endpoint on record, or not
    std::int64_t last_us = 0;            // when one worked last
  };
  std::unordered_map<std::string, Working> working;
  for (const Call* call : facts.subjects()) {
    if (!call->ok || !is_api_call(*call) || call->credential.token.empty()) continue;
    if (!facts.comparable() && call->in == In::kBefore) continue;
    Working& era = working[era_of(facts, *call)];
    era.owners.insert(owners.of(call->credential.token));
    era.last_us = std::max(era.last_us, call->at_us);
    (owners.is_issued(call->credential.token) ? era.issued : era.given) = true;
  }
  Calls out;
  for (const Call* call : facts.failures()) {
    const bool answered = call->status >= 400 ? !is_overload(*call) : call->status >= 200;
    if (!answered || !is_api_call(*call) || call->credential.token.empty()) continue;
    if (is_maintenance_page(*call, facts.vendor())) continue;
    const auto known = working.find(era_of(facts, *call));
    if (known == working.end() || known->second.owners.contains(owners.of(call->credential.token))) continue;
    // A refresh: the token of before was given out where nobody recorded, and was used up to it.  A06 judges the new
    // one.
    const auto issued = owners.issued_us(call->credential.token);
    if (issued && !known->second.issued && known->second.owners.size() == 1 && *issued > known->second.last_us)
      continue;
    // A probe tries each way to authenticate alone: there another way that works is no other credential of this one.
    const bool alike = owners.is_issued(call->credential.token) ? known->second.issued : known->second.given;
    if (call->step.empty() || alike) out.push_back(call);
  }
  return out;
}

// At the token endpoint: a client, or a secret of it, with which no token came, while one came with another.
Calls with_another_client(const Facts& facts) {
  std::unordered_map<std::string, std::set<std::string>> working;
  const auto owner = [](const TokenRequest& request) { return request.client + "\n" + request.secret; };
  for (const Call* call : facts.subjects()) {
    if (!call->ok || !call->token_call || (!facts.comparable() && call->in == In::kBefore)) continue;
    const TokenRequest request = read_token_request(*call->parts);
    if (!request.client.empty() && !request.secret.empty()) working[era_of(facts, *call)].insert(owner(request));
  }
  Calls out;
  for (const Call* call : facts.failures()) {
    if (!call->token_call || call->status < 400 || is_overload(*call)) continue;
    if (is_maintenance_page(*call, facts.vendor())) continue;
    const TokenRequest request = read_token_request(*call->parts);
    const auto known = working.find(era_of(facts, *call));
    if (known == working.end() || request.client.empty() || request.secret.empty()) continue;
    if (!known->second.contains(owner(request))) out.push_back(call);
  }
  return out;
}

// An application that was given a token and uses one that nobody gave it, of which none works.
Calls with_a_stray_token(const Facts& facts) {
  const auto issued = issued_tokens(facts);
  std::set<std::string> eras, working;
  for (const Call* call : facts.subjects()) {
    if (!is_api_call(*call) || call->credential.token.empty()) continue;
    if (call->ok) working.insert(era_of(facts, *call));
    if (call->step.empty() && issued.contains(call->credential.token)) eras.insert(era_of(facts, *call));
  }
  Calls out;
  for (const Call* call : facts.failures()) {
    if (call->status < 400 || is_overload(*call) || !is_api_call(*call) || !call->step.empty()) continue;
    if (call->credential.token.empty() || issued.contains(call->credential.token)) continue;
    const std::string era = era_of(facts, *call);
    if (eras.contains(era) && !working.contains(era)) out.push_back(call);
  }
  return out;
}

// Beside another credential than any with which this token worked.
Calls with_another_half(const Facts& facts) {
  const auto worked = pairs_that_worked(facts);
  Calls out;
  for (const Call* call : facts.failures()) {
    const Credential& credential = call->credential;
    const bool pair = std::ranges::any_of(credential.pair, [](const std::string& one) { return !one.empty(); });
    if (!pair || call->token_call || credential.token.empty()) continue;
    const auto pairs = worked.find(credential.token);
    if (pairs != worked.end() && !pairs->second.contains(credential.pair)) out.push_back(call);
  }
  return out;
}

// Tokens that nobody has issued on record, or what stands beside those that were, of which none works: which of them is
// the right one is open.
Calls with_several_tokens(const Facts& facts) {
  const auto issued = issued_tokens(facts);
  std::unordered_map<std::string, std::set<std::vector<std::string>>> used;
  std::set<std::string> working;
  for (const Call* call : facts.subjects()) {
    if (call->ok && is_api_call(*call) && !call->credential.token.empty()) working.insert(era_of(facts, *call));
  }
  Calls out;
  for (const Call* call : facts.failures()) {
    const Credential& credential = call->credential;
    if (call->status < 400 || is_overload(*call) || !is_api_call(*call) || credential.token.empty()) continue;
    const std::string era = era_of(facts, *call);
    if (working.contains(era)) continue;
    const bool was_issued = issued.contains(credential.token);
    std::vector<std::string> who = credential.pair;
    who.push_back(was_issued ? std::string() : credential.token);
    auto& seen = used[era + (was_issued ? "\nissued" : "")];
    seen.insert(std::move(who));
    if (seen.size() > 1) out.push_back(call);
  }
  return out;
}

// The halves of a pair by age, where a rebuild tells them apart.
struct Halves {
  Calls bad;
  std::size_t looked = 0;
  bool earlier = false;
};

Halves look_at_halves(const Facts& facts) {
  const auto first_seen = first_seen_credentials(facts);
  const std::int64_t first = first_of(first_seen);
  Halves out;
  for (const Call* call : facts.failures()) {
    const auto window = facts.rebuild_before(*call);
    if (!window || call->token_call || call->credential.token.empty()) continue;
    const Ages ages = ages_of(call->credential, first_seen, window->from);
    if (ages.all < 2) continue;
    ++out.looked;
    out.earlier |= first < window->from;
    if (ages.old > 0 && ages.old < ages.all) out.bad.push_back(call);
  }
  return out;
}

}  // namespace

Finding g03(const Facts& facts, const Findings&) {
  if (const Calls other = with_another_token(facts); !other.empty()) {
    return fault("the token of " + numbers(other) + " is not the one with which calls work", other,
                 "repeat the call with the credential that works");
  }
  if (const Calls other = with_another_client(facts); !other.empty()) {
    return fault("the client or its secret in " + numbers(other) + " is not the one that got a token", other,
                 "ask for the token with the client and the secret that work");
  }
  if (const Calls stray = with_a_stray_token(facts); !stray.empty()) {
    return fault("the token of " + numbers(stray) + " is not one that the token endpoint gave", stray,
                 "use the token that was handed out in every call, then record again");
  }
  const bool rebuilt = facts.profile().rebuild.has_value();
  if (facts.vendor().pair_headers.empty()) return not_applicable("no pair of credentials");
  const Halves halves = rebuilt ? look_at_halves(facts) : Halves();
  if (!halves.bad.empty()) {
    return fault("one credential is new and one of before the rebuild in " + numbers(halves.bad), halves.bad,
                 "make both anew and put both into the configuration");
  }
  if (const Calls mixed = with_another_half(facts); !mixed.empty()) {
    return fault("the second credential of " + numbers(mixed) + " is not the one with which this token worked", mixed,
                 "use the two that were issued together");
  }
  if (!rebuilt) return not_applicable("no rebuild, and the pairs are those that worked, or never worked");
  if (facts.after().empty()) return no_calls();
  if (const Calls several = with_several_tokens(facts); !several.empty()) {
    return fault(
        "several credentials are used and none works, so that which is the right one is open: another one in " +
            numbers(several),
        several, "find out which one is the right one, and record the calls with that one alone");
  }
  if (halves.looked == 0) return pass("no call with a pair of credentials failed");
  return passed_by_credentials(facts, halves.earlier, "the credentials were renewed together, or not at all");
}

}  // namespace cvr::diagnose
