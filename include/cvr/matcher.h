// Matching: which recorded interaction answers a live request, and if none, why.
// Knows no files: it works on redacted values (tests make them by hand).
// Match parts: method, scheme+host+port, path, query (order-free, '%5B' = '[', '+' = '%20'), body
// (JSON as value, form as pairs, else bytes), presence and kind of credentials, conditions of GET and HEAD.  Volatile
// names of the profile are left out; the user's rules may say otherwise (match_rules.h).  Pseudonyms compare by kind in
// `bucket`, by value in `exact`. MatchRules is immutable; all functions are pure and thread-safe.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cvr/interaction.h"
#include "cvr/match_rules.h"
#include "cvr/result.h"

namespace cvr::match {

// Both identities of a request.  `bucket` is equal exactly when the request matches.
MatchKey key_of(const RedactedRequest& request, const MatchRules& rules);

// A whole answer answers a request for a part or for news too (RFC 9110 sections 13.2.1, 14.2: a server may ignore
// both), so where nothing matches the request as it stands, this is asked for.  nullopt: it has no conditions.
std::optional<RedactedRequest> without_conditions(const RedactedRequest& request);

// The request with its personal and business values standing for themselves, and credentials by kind: keys of such
// compare people, of one pseudonym key.  nullopt: it has no such values.
std::optional<RedactedRequest> with_values(const RedactedRequest& request);

// Who asks: the credentials in the headers alone, the same on every path.  0: none.
std::uint64_t identity_of(const RedactedRequest& request, const MatchRules& rules);

// Where a request goes whatever the rules are: method, origin and path, by kind, in 32 bits.  Unless the rules compare
// one of these more loosely (`keeps_routes`), requests that match have the same, and it is the top of `bucket_hi`. Form
// 1: a later version that computes it otherwise has another form (cassette hints hold these numbers).
inline constexpr std::uint32_t kRouteForm = 1;
std::uint32_t plain_route(const RedactedRequest& request);
inline std::uint32_t route_in(const MatchKey& key) { return static_cast<std::uint32_t>(key.bucket_hi >> 32); }
// Whether no rule leaves out or generalises method, host or path.
bool keeps_routes(const MatchRules& rules);

// Immutable index: bucket -> interaction numbers in recorded order.  About 46 bytes an interaction.
class Index {
 public:
  // keys[i] belongs to interaction i; fewer than 2^32.  O(n) once (O(n log n) for hostile keys).
  explicit Index(const std::vector<MatchKey>& keys);
  struct Entry {
    std::uint64_t exact_lo, exact_hi;
    std::uint32_t interaction;  // index from 0
  };
  struct Range {
    const Entry* first = nullptr;
    const Entry* last = nullptr;
    std::uint32_t bucket = 0;  // dense number of the bucket, for positions
    bool empty() const { return first == last; }
  };
  // O(1), and O(log n) for hostile keys; allocates nothing.
  Range find(const MatchKey& key) const;
  std::uint32_t bucket_count() const;

  struct Identity {  // of a bucket
    std::uint64_t lo, hi;
    auto operator<=>(const Identity&) const = default;
  };
  // What it is made of, for a table of one's own (engine/lookup.h): bucket -> entries and identity, ascending;
  // the top bits of an identity -> the first bucket of that bin, and one more at the end.
  Range bucket(std::uint32_t number) const;
  const Identity& identity(std::uint32_t number) const { return identities_[number]; }
  const std::vector<std::uint32_t>& bins() const { return bins_; }

 private:
  std::size_t bin_of(std::uint64_t lo) const;

  int shift_ = 64;
  std::vector<std::uint32_t> bins_;           // bin -> its first bucket; one more
  std::vector<Identity> identities_;          // bucket -> identity, ascending
  std::vector<std::uint32_t> first_entries_;  // bucket -> its first entry; one more
  std::vector<Entry> entries_;
};

// Why one recorded request is not the asked one: the first part that differs.
struct Difference {
  std::string rule;   // method host path query header body; empty: none differs
  std::string asked;  // redacted, bounded (at most 200 bytes), for people
  std::string recorded;
  int distance = 0;  // smaller is nearer
};
Difference compare(const RedactedRequest& asked, const RedactedRequest& recorded, const MatchRules& rules);

// For two requests of one bucket: whether the numbers that a rule "number:T" lets differ are near enough.
bool is_within_tolerance(const RedactedRequest& asked, const RedactedRequest& recorded, const MatchRules& rules);
// Whether the rules for `request` have such a rule at all.
bool has_tolerance(const RedactedRequest& request, const MatchRules& rules);

// Whether a rule of the user's makes the match of `request` looser: something in it does not count, or
// not exactly.
bool is_loosened(const RedactedRequest& request, const MatchRules& rules);

struct Nearest {
  std::uint64_t n = 0;  // as `cvr ls` counts, from 1
  std::string method;
  std::string url;  // redacted
  Difference difference;
};

// The at most three recorded requests that are nearest to `asked`, best first.  Those to the same
// method, origin and path come before all others, and in either group those not yet used come before
// used ones; then the distance decides.
//
// A miss costs about the same in a cassette of any size: at most 1,000 of the `count` recordings are
// fetched.  `key_at` gives their stored keys and picks them: first those to the same route, then
// those that differ in path segments with digits (ids), then some of the rest, evenly spread.  One
// pass over the keys, nothing decoded.  Without `key_at` all 1,000 are evenly spread.  Recordings
// that can not be fetched are passed over.
std::vector<Nearest> nearest(const RedactedRequest& asked, std::uint64_t count,
                             const std::function<Result<RedactedInteraction>(std::uint64_t index)>& fetch,
                             const MatchRules& rules, const std::function<bool(std::uint64_t index)>& was_used,
                             const std::function<MatchKey(std::uint64_t index)>& key_at = {});

struct MissReport {
  std::string method;
  std::string url;               // redacted
  std::vector<Nearest> nearest;  // at most 3, best first
  std::string hint;
  std::string reason;  // "no recorded interaction matches" or "all N matching were used"
};
// The problem document of CONTRACT ("What a miss looks like"), one JSON object.
std::string to_json(const MissReport& report);
// For people, several lines, control characters escaped.
std::string to_text(const MissReport& report);

}  // namespace cvr::match
