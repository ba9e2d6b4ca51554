// The recordings that are nearest to a request that was not answered.
#include <algorithm>

#include "match/comparer.h"
#include "match/route.h"

namespace cvr::match {
namespace {

constexpr std::size_t kMostTold = 3;
constexpr std::size_t kMostFetched = 300;       // some 50 us each
constexpr std::size_t kMostFarFetched = 60;     // when nearer ones are known
constexpr std::uint64_t kMostBytes = 64 << 20;  // of recorded bodies looked at
using Numbers = std::vector<std::uint32_t>;

std::string url_of(const RedactedRequest& request) {
  std::string url = http::to_string(request.origin) + (request.path.text == "*" ? "/*" : request.path.text);
  if (request.has_query) url += '?' + request.query.text;
  return url;
}

struct Candidate {
  Nearest nearest;
  bool used;
};

bool is_the_same(const Candidate& c) { return c.nearest.difference.distance == 0; }

// One that matches and was used up tells the cause.  Those to the same method, origin and path come next, and
// among them those not used yet: one of them is what was meant.  Then the others, likewise.
bool before(const Candidate& a, const Candidate& b) {
  const auto rank = [](const Candidate& c) {
    const bool used = c.used && !is_the_same(c);
    return std::tuple(c.nearest.difference.distance >= kFar, used, c.nearest.difference.distance, c.nearest.n);
  };
  return rank(a) < rank(b);
}

// A recording that matches and did not answer: its answer can not be played, it was used up, or it is not for this one.
Difference why_unanswered(const RedactedParts& recorded, bool used) {
  if (recorded.response && recorded.response->body.omitted) {
    constexpr std::string_view kOmitted = "omitted: ";
    std::string_view why = *recorded.response->body.omitted;
    if (why.starts_with(kOmitted)) why.remove_prefix(kOmitted.size());
    return {"omitted", "this request", "its answer's body was omitted: " + std::string(why), 0};
  }
  if (!used) return {"credentials", "this request", "recorded with another credential", 0};
  return {"used", "once more", "its recordings were used, or passed over", 0};
}

// At most `most` of `from`, evenly spread, the last one among them.
void append_spread(Numbers& to, const Numbers& from, std::size_t most) {
  if (from.empty() || most == 0) return;
  const std::size_t count = std::min(from.size(), most);
  for (std::size_t i = 1; i <= count; ++i) to.push_back(from[i * from.size() / count - 1]);
}

// What to look at, most promising first.
Numbers choose(const MatchKey& asked, std::uint64_t count, const std::function<MatchKey(std::uint64_t)>& key_at,
               const std::function<bool(std::uint64_t)>& was_used) {
  Numbers levels[5];  // same route unused, used; same but for ids unused, used; others
  for (std::uint64_t i = 0; i < count; ++i) {
    const int near = key_at ? closeness(asked, key_at(i)) : 0;
    const std::size_t level = near == 0 ? 4 : static_cast<std::size_t>(2 * (2 - near)) + (was_used(i) ? 1 : 0);
    levels[level].push_back(static_cast<std::uint32_t>(i));
  }
  Numbers chosen;
  for (std::size_t level = 0; level < 4; ++level)
    append_spread(chosen, levels[level], (kMostFetched - chosen.size()) / 2);
  append_spread(chosen, levels[4], chosen.empty() ? kMostFetched : kMostFarFetched);
  return chosen;
}

}  // namespace

std::vector<Nearest> nearest(const RedactedRequest& asked, std::uint64_t count,
                             const std::function<Result<RedactedInteraction>(std::uint64_t index)>& fetch,
                             const MatchRules& rules, const std::function<bool(std::uint64_t index)>& was_used,
                             const std::function<MatchKey(std::uint64_t index)>& key_at) {
  const Comparer comparer(asked, rules);
  std::vector<Candidate> best;
  std::uint64_t bytes = 0;
  for (const std::uint32_t i : choose(key_of(asked, rules), count, key_at, was_used)) {
    if (bytes > kMostBytes) break;
    const auto recorded = fetch(i);
    if (!recorded) continue;
    const bool used = was_used(i);
    const RedactedRequest& request = (*recorded)->request;
    bytes += request.body.content.text.size();
    Candidate candidate{{std::uint64_t{i} + 1, request.method, url_of(request), comparer.to(request)}, used};
    if (candidate.nearest.difference.rule.empty()) {
      candidate.nearest.difference = why_unanswered(**recorded, used);
      if (std::ranges::any_of(best, [&](const Candidate& c) { return c.used == used && is_the_same(c); })) continue;
    }
    best.insert(std::upper_bound(best.begin(), best.end(), candidate, before), std::move(candidate));
    if (best.size() > kMostTold) best.pop_back();
  }
  std::vector<Nearest> out;
  for (Candidate& candidate : best) out.push_back(std::move(candidate.nearest));
  return out;
}

}  // namespace cvr::match
