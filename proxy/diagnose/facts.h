// What the rules read: the calls of both recordings as one timeline, with everything that needs a look at
// more than one call computed once.  Building is linear in the record (sorting aside), so is each rule.
//
// Time: the vendor's Date where an answer has one; else the recorder's clock, set right by what the Dates of
// the same recording say.  Calls of other hosts than the profile's are no business of the rules about the API.
// The recordings, the profile and the account must outlive the facts.  Immutable; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cvr/cassette.h"
#include "cvr/interaction.h"
#include "diagnose/account.h"
#include "diagnose/credentials.h"
#include "diagnose/finding.h"
#include "diagnose/normal_form.h"
#include "diagnose/operation.h"
#include "diagnose/times.h"
#include "profiles/profile.h"

namespace cvr::diagnose {

// A recording as read: interactions in the order and with the numbers of `cvr ls` (index + 1).
struct Recording {
  std::vector<RedactedInteraction> interactions;
  std::uint64_t gaps = 0;
  std::string key;                          // fingerprint of the pseudonym key; empty: not known
  std::vector<cassette::Refusal> refusals;  // clients that CVR did not hear
};

enum class In : std::uint8_t { kBefore, kAfter };
std::string_view to_string(In in);  // before after

struct Call {
  In in = In::kAfter;
  std::uint64_t n = 0;
  const RedactedParts* parts = nullptr;
  NamedOperation operation;
  std::string environment;  // the profile's word; empty: unknown
  std::string step;         // of a probe
  bool control = false;     // a tagged control: exempt from C and G
  bool trial = false;       // a probe's try of one method of several, none of which gave a token: no control, then
  bool vendors = false;     // to a host of the profile

  std::int64_t sent_us = 0;             // recorder's clock
  std::optional<std::int64_t> date_us;  // vendor's clock
  std::int64_t at_us = 0;               // the best of both
  std::int64_t order_us = 0;            // the recorder's, set right: a Date has whole seconds

  int status = 0;                  // 0: no answer
  std::vector<std::string> codes;  // of the answer's errors, the first ones
  std::string title;
  bool ok = false;      // 2xx or 304, and no errors in the body
  bool failed = false;  // 4xx, 5xx, errors in a 2xx, or no answer
  bool token_call = false;

  Credential credential;
  NormalForm form;
  std::string act_as;  // what the act-as header holds, by pseudonym; empty: none, or it can not be compared

  // Of the same operation, earlier in the timeline, without controls.
  const Call* last_success = nullptr;
  const Call* same_success = nullptr;  // the last with the same normal form, for the same act-as account
  // The first later one, of an operation that had not succeeded before.
  const Call* later_success = nullptr;
  bool works_later = false;  // ... and so does one of this very form
  // Any operation, earlier, with a readable token.
  const Call* last_token_success = nullptr;
  // Any operation of the API (the token endpoint is none): below the same base, and below any.  The last one
  // earlier; else the first one later.
  const Call* base_success = nullptr;
  const Call* any_success = nullptr;
  // A success that shows that the credential was accepted: data, of an operation that does not answer a control
  // (without a credential, or with one that was made up) as well.
  bool accepted = false;
  bool accepted_near = false;  // the same credential was accepted within five minutes
  bool reproduced = false;     // one of three or more alike over at least ten minutes
  // Names an id that was seen before the last rebuild, and with which nothing has worked since: not the same call as
  // before it, whatever its form.
  bool stale_id = false;

  bool refused() const { return status == 401 || status == 403; }
  bool has_code(const std::vector<std::string>& wanted) const;
  std::string code() const { return codes.empty() ? std::string() : codes.front(); }
};

class Facts {
 public:
  Facts(const Recording& after, const Recording* before, const profiles::Profile& profile, const Account* account);
  Facts(const Facts&) = delete;
  Facts& operator=(const Facts&) = delete;

  const std::vector<Call>& timeline() const { return calls_; }              // of both, by time; what is twice once
  const std::vector<const Call*>& subjects() const { return subjects_; }    // the vendor's, no controls, both
  const std::vector<const Call*>& after() const { return after_; }          // of these, the after recording's
  const std::vector<const Call*>& failures() const { return failures_; }    // of these, what failed
  const std::vector<const Call*>& controls() const { return controls_; }    // the after recording's controls
  const std::vector<const Call*>& strangers() const { return strangers_; }  // of other hosts, after

  // Of the after recording: who wanted to reach a host of the profile's, or nobody knows whom.
  const std::vector<const cassette::Refusal*>& refusals() const { return refusals_; }

  const profiles::Profile& profile() const { return profile_; }
  const profiles::Diagnosis& vendor() const { return profile_.diagnosis; }
  const Account* account() const { return account_; }
  bool has_before() const { return has_before_; }
  std::uint64_t gaps() const { return gaps_; }
  // Pseudonyms of both recordings are of one key: who is who can be told across them.
  bool comparable() const { return comparable_; }
  bool imported() const { return imported_; }  // every call of the after recording came in by import

  // The last rebuild that began before `at` on the call's host; nullopt: that system is not rebuilt.
  std::optional<Window> rebuild_before(const Call& call) const;
  // The first control of that step in the after recording; nullptr: none.
  const Call* control(std::string_view step) const;
  // Those with a wrong credential that were not accepted all the same.
  std::vector<const Call*> wrong_credentials() const;
  // Of two calls: their normal forms, and whom they act for.
  Comparison difference(const Call& before, const Call& after) const;

 private:
  void add(const Recording& recording, In in);
  void link();
  void link_later();
  void link_others();
  void find_stale();
  void find_accepted();
  void find_reproduced();

  const profiles::Profile& profile_;
  const Account* account_;
  bool has_before_;
  bool comparable_;
  std::uint64_t gaps_ = 0;
  bool imported_ = true;
  std::vector<Call> calls_;
  std::vector<const Call*> subjects_, after_, failures_, controls_, strangers_;
  std::vector<const cassette::Refusal*> refusals_;
};

inline constexpr std::int64_t kNear = 5 * kMinute;
inline constexpr std::string_view kUnauthenticated = "unauthenticated";
inline constexpr std::string_view kWrongCredential = "wrong-credential";

}  // namespace cvr::diagnose
