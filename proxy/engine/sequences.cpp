#include "engine/sequences.h"

#include <algorithm>

namespace cvr::engine {
namespace {

// Identities that a run may bind; beyond, an unknown identity plays the first group.  A client
// that signs every request anew would otherwise grow the table without end.
constexpr std::size_t kMostBindings = 100'000;
constexpr std::uint32_t kMostAsked = 64;  // groups whose recordings are looked at in one binding

}  // namespace

Sequences::Sequences(Table table, std::optional<std::vector<std::uint32_t>> writes)
    : lookup_(std::move(table)), cursors_(lookup_.groups()), used_(lookup_.size()), writes_(std::move(writes)) {}

bool Sequences::is_free(std::uint32_t group) const {
  // A group that its own identity has played is taken too.
  return !given_.contains(group) && cursors_[group].load(std::memory_order_relaxed) == 0;
}

std::uint64_t Sequences::recorded_by(std::uint32_t group, const Identity& identity) {
  const auto [at, is_new] = recorded_.try_emplace(group, 0);
  if (is_new) at->second = identity.recorded(lookup_.interaction(lookup_.group(group).begin));
  return at->second;
}

// The group of the one who asks, when that is known; else the first that nobody has and that is of nobody known.
std::uint32_t Sequences::choose(const Bucket& bucket, const Identity& identity) {
  const std::uint32_t count = bucket.last - bucket.first;
  std::uint32_t& taken = taken_[bucket.number];
  while (taken + 1 < count && !is_free(bucket.first + taken)) ++taken;
  const std::uint32_t plain = bucket.first + taken;
  if (identity.live == 0) return plain;
  const auto user = users_.find(identity.live);
  if (user != users_.end()) {
    std::optional<std::uint32_t> own;
    for (std::uint32_t g = bucket.first; g < bucket.last && g - bucket.first < kMostAsked; ++g) {
      if (recorded_by(g, identity) != user->second) continue;
      if (!own || (!is_free(*own) && is_free(g))) own = g;
    }
    return own.value_or(plain);
  }
  std::uint32_t chosen = plain;
  for (std::uint32_t g = plain; g < bucket.last && g - plain < kMostAsked; ++g) {
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

std::optional<std::uint32_t> Sequences::bind(const Bucket& bucket, const MatchKey& key, const Admits& admits,
                                             const Identity& identity) {
  const auto admitted = [&](std::uint32_t group) {
    return !admits || admits(lookup_.interaction(lookup_.group(group).begin));
  };
  const std::uint32_t count = bucket.last - bucket.first;
  if (count == 1 && !admitted(bucket.first)) return std::nullopt;
  if (count == 1 && identity.live == 0) return bucket.first;
  const std::lock_guard lock(mutex_);
  const auto place = std::pair(bucket.number, Live{key.exact_lo, key.exact_hi});
  if (const auto found = bound_.find(place); found != bound_.end()) return found->second;
  if (bound_.size() >= kMostBindings) return bucket.first;
  std::optional<std::uint32_t> chosen;
  if (admits && count > 1) {
    // Numbers decide first: of the groups that are near enough the first that nobody has played.
    for (std::uint32_t group = bucket.first; group < bucket.last; ++group) {
      if (!admitted(group)) continue;
      const bool fresh = cursors_[group].load(std::memory_order_relaxed) == 0;
      if (!chosen || fresh) chosen = group;
      if (fresh) break;
    }
    if (!chosen) return std::nullopt;
  } else {
    chosen = choose(bucket, identity);
  }
  given_.insert(*chosen);
  bound_.emplace(place, *chosen);
  return chosen;
}

std::optional<std::uint32_t> Sequences::group_of(const Bucket& bucket, const MatchKey& key, const Admits& admits,
                                                 const Identity& identity) {
  for (std::uint32_t g = bucket.first; g < bucket.last; ++g) {  // nearly always one
    const Group group = lookup_.group(g);
    if (group.exact_lo == key.exact_lo && group.exact_hi == key.exact_hi) return g;
  }
  return bind(bucket, key, admits, identity);
}

std::uint32_t Sequences::counted(std::uint32_t index, const Group& group, Taking taking, Answer& answer) {
  const std::uint32_t size = group.end - group.begin;
  std::uint32_t at = cursors_[index].fetch_add(1, std::memory_order_relaxed);
  while (taking.passes_used && at < size && was_used(lookup_.interaction(group.begin + at))) {
    at = cursors_[index].fetch_add(1, std::memory_order_relaxed);
  }
  if (at >= size) {
    answer.exhausted = taking.rule == OnEnd::kFail;
    at = taking.rule == OnEnd::kLoop ? at % size : size - 1;
  }
  return group.begin + at;
}

// The first that is the same and was not used; when all were, the last, unless its repetition is to fail.
std::optional<std::uint32_t> Sequences::same(std::uint32_t index, const Group& group, OnEnd rule,
                                             const Likeness& likeness) {
  if (group.end - group.begin > kMostAlike) return std::nullopt;
  const std::lock_guard lock(mutex_);
  const auto [at, is_new] = likes_.try_emplace(index);
  if (is_new) {
    for (std::uint32_t place = group.begin; place < group.end; ++place) {
      at->second[likeness.recorded(lookup_.interaction(place))].push_back(place);
    }
  }
  const auto found = at->second.find(likeness.live);
  if (found == at->second.end()) return std::nullopt;
  for (const std::uint32_t place : found->second) {
    if (used_[lookup_.interaction(place)].exchange(1, std::memory_order_relaxed) == 0) return place;
  }
  return rule == OnEnd::kFail ? std::nullopt : std::optional(found->second.back());
}

std::uint32_t Sequences::by_state(std::uint32_t index, const Group& group) {
  const auto place_of = [&](std::uint32_t interaction) {  // the first place at or behind it
    std::uint32_t first = group.begin;
    for (std::uint32_t count = group.end - group.begin; count > 0;) {
      const std::uint32_t half = count / 2;
      const bool before = lookup_.interaction(first + half) < interaction;
      first += before ? half + 1 : 0;
      count = before ? count - half - 1 : half;
    }
    return first;
  };
  const std::uint32_t state = state_.load(std::memory_order_relaxed);
  const auto next_write = std::lower_bound(writes_->begin(), writes_->end(), state);
  const std::uint32_t begin = place_of(state);
  const std::uint32_t end = next_write == writes_->end() ? group.end : place_of(*next_write);
  if (begin >= end) return begin > group.begin ? begin - 1 : begin;
  // The cursor is one more than the place that was answered last.
  const auto cursor = cursors_[index];
  std::uint32_t was = cursor.load(std::memory_order_relaxed);
  std::uint32_t at = 0;
  do {
    at = std::clamp(was, begin, end - 1);
  } while (!cursor.compare_exchange_weak(was, at + 1, std::memory_order_relaxed));
  return at;
}

void Sequences::note_write(std::uint32_t interaction) {
  std::uint32_t was = state_.load(std::memory_order_relaxed);
  while (was < interaction + 1 && !state_.compare_exchange_weak(was, interaction + 1, std::memory_order_relaxed)) {
  }
}

std::optional<Sequences::Answer> Sequences::next(const MatchKey& key, bool safe_method, OnEnd on_end,
                                                 const Admits& admits, const Identity& identity,
                                                 const Likeness& likeness) {
  const Bucket bucket = lookup_.find(key);
  if (bucket.empty()) return std::nullopt;
  const auto index = group_of(bucket, key, admits, identity);
  if (!index) return std::nullopt;
  const Group group = lookup_.group(*index);
  if (group.begin == group.end) return std::nullopt;  // a forged table
  Answer answer;
  answer.matching = group.end - group.begin;
  answer.others = bucket.last - bucket.first > 1;
  const bool stateful = writes_.has_value();
  const bool by_count = !stateful || !safe_method;
  const OnEnd rule = on_end != OnEnd::kDefault ? on_end : safe_method ? OnEnd::kLast : OnEnd::kFail;
  const bool has_alike = likeness.recorded != nullptr && by_count && answer.matching > 1;
  auto at = has_alike ? same(*index, group, rule, likeness) : std::nullopt;
  if (!at) at = by_count ? counted(*index, group, {rule, has_alike}, answer) : by_state(*index, group);
  answer.interaction = lookup_.interaction(*at);
  if (answer.exhausted) return answer;
  if (stateful && !safe_method) note_write(answer.interaction);
  if (!was_used(answer.interaction)) used_[answer.interaction].store(1, std::memory_order_relaxed);
  return answer;
}

std::uint64_t Sequences::unused() const {
  std::uint64_t count = 0;
  for (std::size_t i = 0; i < size(); ++i) count += was_used(static_cast<std::uint32_t>(i)) ? 0 : 1;
  return count;
}

void Sequences::rewind() {
  for (std::size_t i = 0; i < lookup_.groups(); ++i) cursors_.clear(i);
  for (std::size_t i = 0; i < size(); ++i) used_.clear(i);
  state_.store(0, std::memory_order_relaxed);
  const std::lock_guard lock(mutex_);
  bound_.clear();
  taken_.clear();
  given_.clear();
  users_.clear();
  known_.clear();
}

}  // namespace cvr::engine
