#include "engine/binding.h"

#include <algorithm>
#include <ranges>

namespace cvr::engine {
namespace {

// Identities that a run may bind; beyond, an unknown identity is chosen a group for each time anew.  A client that
// signs every request anew would otherwise grow the table without end.
constexpr std::size_t kMostBindings = 100'000;
constexpr std::ptrdiff_t kMostAsked = 64;     // groups whose recordings are looked at in one binding
constexpr std::ptrdiff_t kMostOwned = 4'096;  // groups among which a known user's are looked for

}  // namespace

bool Binding::is_free(std::uint32_t group) const {
  // A group that its own identity has played is taken too.
  return !given_.contains(group) && !is_played_(group);
}

std::uint64_t Binding::recorded_by(std::uint32_t group, const Likeness& identity) {
  const auto [at, is_new] = recorded_.try_emplace(group, 0);
  if (is_new) at->second = identity.recorded(first_of(group));
  return at->second;
}

// Groups with the values of the request; null: there are none, or values do not count.
const Binding::Numbers* Binding::peers(const Bucket& bucket, const Likeness& values) {
  if (values.recorded == nullptr) return nullptr;
  const auto [at, is_new] = peers_.try_emplace(bucket.number);
  for (std::uint32_t group = bucket.first; is_new && group < bucket.last; ++group) {
    at->second[values.recorded(first_of(group))].push_back(group);
  }
  const auto found = at->second.find(values.live);
  return found == at->second.end() ? nullptr : &found->second;
}

// The group of the one who asks, when that is known; else the first that nobody has and that is of nobody known; else
// the first of `open`: those from the first on that nobody has, or the last.
template <class Groups, class Open>
std::uint32_t Binding::choose(const Groups& groups, const Open& open, const Likeness& identity) {
  const std::uint32_t plain = *std::ranges::begin(open);
  if (identity.live == 0) return plain;
  const auto user = users_.find(identity.live);
  if (user != users_.end()) {
    std::optional<std::uint32_t> own;
    for (const std::uint32_t g : groups | std::views::take(kMostOwned)) {
      if (recorded_by(g, identity) != user->second) continue;
      if (!own || (!is_free(*own) && is_free(g))) own = g;
    }
    return own.value_or(plain);
  }
  std::uint32_t chosen = plain;
  for (const std::uint32_t g : open | std::views::take(kMostAsked)) {
    if (!is_free(g) || known_.contains(recorded_by(g, identity))) continue;
    chosen = g;
    break;
  }
  const std::uint64_t recorded = recorded_by(chosen, identity);
  if (recorded != 0 && users_.size() < kMostBindings && known_.insert(recorded).second) {
    users_.emplace(identity.live, recorded);
  }
  return chosen;
}

// Numbers decide first: of the groups that are near enough the first that nobody has played.
template <class Range>
std::optional<std::uint32_t> Binding::nearest(const Range& groups, const Deciders& by) const {
  std::optional<std::uint32_t> chosen;
  for (const std::uint32_t group : groups) {
    if (!by.admits(first_of(group))) continue;
    const bool fresh = !is_played_(group);
    if (!chosen || fresh) chosen = group;
    if (fresh) break;
  }
  return chosen;
}

std::optional<std::uint32_t> Binding::find(const Bucket& bucket, const Deciders& by) {
  const Numbers* same = peers(bucket, by.values);
  const auto all = std::views::iota(bucket.first, bucket.last);
  if (by.admits != nullptr) {
    const auto chosen = same != nullptr ? nearest(*same, by) : std::nullopt;
    return chosen ? chosen : nearest(all, by);
  }
  if (same != nullptr) {
    auto open = std::ranges::find_if(*same, [this](std::uint32_t group) { return is_free(group); });
    if (open == same->end()) --open;
    return choose(*same, std::ranges::subrange(open, same->end()), by.identity);
  }
  const std::uint32_t count = bucket.last - bucket.first;
  std::uint32_t& taken = taken_[bucket.number];
  while (taken + 1 < count && !is_free(bucket.first + taken)) ++taken;
  return choose(all, std::views::iota(bucket.first + taken, bucket.last), by.identity);
}

std::optional<std::uint32_t> Binding::group_for(const Bucket& bucket, const MatchKey& key, const Deciders& by) {
  const auto place = std::pair(bucket.number, Live{key.exact_lo, key.exact_hi});
  if (const auto found = bound_.find(place); found != bound_.end()) return found->second;
  const auto chosen = find(bucket, by);
  if (!chosen || bound_.size() >= kMostBindings) return chosen;
  given_.insert(*chosen);
  bound_.emplace(place, *chosen);
  return chosen;
}

void Binding::clear() {
  bound_.clear();
  taken_.clear();
  given_.clear();
  users_.clear();
  known_.clear();
}

}  // namespace cvr::engine
