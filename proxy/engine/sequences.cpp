#include "engine/sequences.h"

#include <algorithm>

namespace cvr::engine {
Sequences::Sequences(Table table, std::optional<std::vector<std::uint32_t>> writes)
    : lookup_(std::move(table)),
      cursors_(lookup_.groups()),
      used_(lookup_.size()),
      played_(lookup_.groups()),
      writes_(std::move(writes)),
      binding_(lookup_, [this](std::uint32_t group) { return played_[group].load(std::memory_order_relaxed) != 0; }) {}

// The group with the identity of the request.
std::optional<std::uint32_t> Sequences::own_group(const Bucket& bucket, const MatchKey& key) {
  if (bucket.last - bucket.first > kFew) return own_group_of_many(bucket, key);
  for (std::uint32_t g = bucket.first; g < bucket.last; ++g) {  // nearly always one
    const Group group = lookup_.group(g);
    if (group.exact_lo == key.exact_lo && group.exact_hi == key.exact_hi) return g;
  }
  return std::nullopt;
}

// By a list that is made at the first use of the bucket: a path that differs in a pseudonym alone may have a million.
std::optional<std::uint32_t> Sequences::own_group_of_many(const Bucket& bucket, const MatchKey& key) {
  const std::lock_guard lock(mutex_);
  const auto [at, is_new] = crowds_.try_emplace(bucket.number);
  Crowd& crowd = at->second;
  if (is_new) {
    crowd.reserve(bucket.last - bucket.first);
    for (std::uint32_t g = bucket.first; g < bucket.last; ++g) crowd.emplace_back(lookup_.group(g).exact_lo, g);
    std::ranges::sort(crowd);
  }
  const auto equal = std::ranges::equal_range(crowd, key.exact_lo, {}, &Crowd::value_type::first);
  const auto found = std::ranges::find_if(
      equal, [&](const auto& entry) { return lookup_.group(entry.second).exact_hi == key.exact_hi; });
  return found == equal.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::uint32_t> Sequences::bound_group(const Bucket& bucket, const MatchKey& key, const Deciders& by) {
  if (bucket.last - bucket.first == 1) {
    if (by.admits != nullptr && !by.admits(lookup_.interaction(lookup_.group(bucket.first).begin))) return std::nullopt;
    if (by.identity.live == 0) return bucket.first;
  }
  const std::lock_guard lock(mutex_);
  return binding_.group_for(bucket, key, by);
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
                                             const Likeness& sameness) {
  if (group.end - group.begin > kMostAlike) return std::nullopt;
  const std::lock_guard lock(mutex_);
  const auto [at, is_new] = likes_.try_emplace(index);
  if (is_new) {
    for (std::uint32_t place = group.begin; place < group.end; ++place) {
      at->second[sameness.recorded(lookup_.interaction(place))].places.push_back(place);
    }
  }
  const auto found = at->second.find(sameness.live);
  if (found == at->second.end()) return std::nullopt;
  Alike& alike = found->second;
  for (const std::uint32_t place : alike.places) {
    if (used_[lookup_.interaction(place)].exchange(1, std::memory_order_relaxed) == 0) return place;
  }
  if (rule == OnEnd::kFail) return std::nullopt;
  return rule == OnEnd::kLoop ? alike.places[alike.repeated++ % alike.places.size()] : alike.places.back();
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
                                                 const Deciders& by) {
  const Bucket bucket = lookup_.find(key);
  if (bucket.empty()) return std::nullopt;
  const auto own = own_group(bucket, key);
  const auto index = own ? own : bound_group(bucket, key, by);
  if (!index) return std::nullopt;
  const Group group = lookup_.group(*index);
  if (group.begin == group.end) return std::nullopt;  // a forged table
  Answer answer;
  answer.bound = !own;
  answer.matching = group.end - group.begin;
  answer.others = bucket.last - bucket.first > 1;
  const bool stateful = writes_.has_value();
  const bool by_count = !stateful || !safe_method;
  const OnEnd rule = on_end != OnEnd::kDefault ? on_end : safe_method ? OnEnd::kLast : OnEnd::kFail;
  const bool has_alike = by.sameness.recorded != nullptr && by_count && answer.matching > 1;
  auto at = has_alike ? same(*index, group, rule, by.sameness) : std::nullopt;
  if (!at) at = by_count ? counted(*index, group, {rule, has_alike}, answer) : by_state(*index, group);
  answer.interaction = lookup_.interaction(*at);
  if (answer.exhausted) return answer;
  if (played_[*index].load(std::memory_order_relaxed) == 0) played_[*index].store(1, std::memory_order_relaxed);
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
  for (std::size_t i = 0; i < lookup_.groups(); ++i) cursors_.clear(i), played_.clear(i);
  for (std::size_t i = 0; i < size(); ++i) used_.clear(i);
  state_.store(0, std::memory_order_relaxed);
  const std::lock_guard lock(mutex_);
  binding_.clear();
  likes_.clear();
}

}  // namespace cvr::engine
