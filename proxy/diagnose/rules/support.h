// What rules share.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "diagnose/rules/all.h"
#include "diagnose/sightings.h"

namespace cvr::diagnose {

// "#3, #5 and 2 more"; those of the earlier recording as "before #3".
std::string numbers(const Calls& calls);
// "1 call", "3 calls"
std::string count_text(std::size_t count, std::string_view word);

// Whether a pseudonym covers the byte at `offset` of the text.
bool is_redacted_at(const RedactedText& text, std::size_t offset);

std::ptrdiff_t count_fields(const Call& call, std::string_view name);  // of the request
std::string host_field(const Call& call);                              // what it says, lower case, no port

bool is_api_call(const Call& call);  // not of the token endpoint
// Refused for who asks: 401, 403, or one of the vendor's codes for it.
bool is_refusal(const Call& call, const profiles::Diagnosis& vendor);
bool is_forbidden(const Call& call, const profiles::Diagnosis& vendor);  // the same without 401

// Tokens that the token endpoint handed out, by pseudonym.
struct Issue {
  const Call* call = nullptr;
  std::int64_t at_us = 0;
  std::optional<std::int64_t> lifetime_us;
};
std::unordered_map<std::string, Issue> issued_tokens(const Facts& facts);

// When each text was first seen as a credential in the timeline: a token or pair header, what the token
// endpoint handed out, the client's secret there.
std::unordered_map<std::string, std::int64_t> first_seen_credentials(const Facts& facts);

// The earliest of them; the end of time when there is none.
std::int64_t first_of(const std::unordered_map<std::string, std::int64_t>& first_seen);

// Ids of the vendor's form that calls named which got 404 or 410.
std::set<std::string> missing_ids(const Facts& facts);

// An operation that failed and worked in the end: the last call that failed, and the success that came after it.
struct Recovery {
  const Call* failed = nullptr;
  const Call* success = nullptr;
  bool same_form = false;
  bool same_credential = false;
  bool same_values = false;  // ids and dates; dates that go with the day are the same
  bool by_itself() const { return same_form && same_credential && same_values; }
};
std::vector<Recovery> recoveries(const Facts& facts);

// Texts that mean nothing is there to look at.
Finding no_calls();
// `message`, when the recordings could tell: pseudonyms of one key, and something of before the rebuild (`earlier`).
Finding passed_by_credentials(const Facts& facts, bool earlier, std::string message);

}  // namespace cvr::diagnose
