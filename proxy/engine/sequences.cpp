#include "engine/sequences.h"

#include <algorithm>

namespace cvr::engine {
namespace {

// Identities that a run may bind; beyond, an unknown identity plays the first group.  A client
// that signs every request anew would otherwise grow the table without end.
constexpr std::size_t kMostBindings = 100'000;

}  // namespace

Sequences::Sequences(const std::vector<MatchKey>& keys, std::optional<std::vector<std::uint32_t>> writes)
    : index_(keys),
      used_count_(keys.size()),
      used_(new std::atomic<std::uint8_t>[keys.size()]()),
      writes_(std::move(writes)) {
  std::vector<match::Index::Range> ranges(index_.bucket_count());
  for (const MatchKey& key : keys) {
    const match::Index::Range range = index_.find(key);
    ranges[range.bucket] = range;
  }
  order_.reserve(keys.size());
  bucket_groups_.reserve(ranges.size() + 1);
  std::vector<match::Index::Entry> entries;
  for (const match::Index::Range& range : ranges) {
    bucket_groups_.push_back(static_cast<std::uint32_t>(groups_.size()));
    entries.assign(range.first, range.last);
    const auto exact = [](const match::Index::Entry& e) { return std::pair(e.exact_lo, e.exact_hi); };
    std::stable_sort(entries.begin(), entries.end(), [&](const auto& a, const auto& b) { return exact(a) < exact(b); });
    const std::size_t first_group = groups_.size();
    for (const match::Index::Entry& entry : entries) {
      const bool starts = groups_.size() == first_group || groups_.back().exact_lo != entry.exact_lo ||
                          groups_.back().exact_hi != entry.exact_hi;
      const auto at = static_cast<std::uint32_t>(order_.size());
      if (starts) groups_.push_back({entry.exact_lo, entry.exact_hi, at, at});
      order_.push_back(entry.interaction);
      groups_.back().end = at + 1;
    }
    // Groups in the order of their first recording: that is the order in which they are given out.
    std::sort(groups_.begin() + static_cast<std::ptrdiff_t>(first_group), groups_.end(),
              [&](const Group& a, const Group& b) { return order_[a.begin] < order_[b.begin]; });
  }
  bucket_groups_.push_back(static_cast<std::uint32_t>(groups_.size()));
  cursors_.reset(new std::atomic<std::uint32_t>[groups_.size()]());
}

const Sequences::Group* Sequences::bind(std::uint32_t bucket, const MatchKey& key, const Admits& admits) {
  const std::uint32_t first = bucket_groups_[bucket];
  const std::uint32_t count = bucket_groups_[bucket + 1] - first;
  const auto admitted = [&](std::uint32_t group) { return !admits || admits(order_[groups_[group].begin]); };
  if (count == 1) return admitted(first) ? &groups_[first] : nullptr;
  const std::lock_guard lock(mutex_);
  const auto place = std::pair(bucket, Live{key.exact_lo, key.exact_hi});
  if (const auto found = bound_.find(place); found != bound_.end()) return &groups_[found->second];
  if (admits) {
    // Numbers decide first: of the groups that are near enough the first that nobody has played.
    std::optional<std::uint32_t> chosen;
    for (std::uint32_t group = first; group < first + count; ++group) {
      if (!admitted(group)) continue;
      const bool fresh = cursors_[group].load(std::memory_order_relaxed) == 0;
      if (!chosen || fresh) chosen = group;
      if (fresh) break;
    }
    if (!chosen) return nullptr;
    if (bound_.size() < kMostBindings) bound_.emplace(place, *chosen);
    return &groups_[*chosen];
  }
  if (bound_.size() >= kMostBindings) return &groups_[first];
  std::uint32_t& taken = taken_[bucket];
  // A group that its own identity has played is taken too.
  while (taken + 1 < count && cursors_[first + taken].load(std::memory_order_relaxed) != 0) ++taken;
  const std::uint32_t group = first + std::min(taken, count - 1);
  ++taken;
  bound_.emplace(place, group);
  return &groups_[group];
}

const Sequences::Group* Sequences::group_of(std::uint32_t bucket, const MatchKey& key, const Admits& admits) {
  const std::uint32_t first = bucket_groups_[bucket];
  const std::uint32_t last = bucket_groups_[bucket + 1];
  for (std::uint32_t g = first; g < last; ++g) {  // nearly always one
    if (groups_[g].exact_lo == key.exact_lo && groups_[g].exact_hi == key.exact_hi) return &groups_[g];
  }
  return bind(bucket, key, admits);
}

std::uint32_t Sequences::counted(const Group& group, bool safe_method, OnEnd on_end, Answer& answer) {
  const std::uint32_t size = group.end - group.begin;
  std::uint32_t at =
      cursors_[static_cast<std::size_t>(&group - groups_.data())].fetch_add(1, std::memory_order_relaxed);
  if (at >= size) {
    const OnEnd rule = on_end != OnEnd::kDefault ? on_end : safe_method ? OnEnd::kLast : OnEnd::kFail;
    answer.exhausted = rule == OnEnd::kFail;
    at = rule == OnEnd::kLoop ? at % size : size - 1;
  }
  return group.begin + at;
}

std::uint32_t Sequences::by_state(const Group& group) {
  const auto place = [&](std::uint32_t interaction) {
    const auto first = order_.begin() + group.begin;
    return static_cast<std::uint32_t>(std::lower_bound(first, order_.begin() + group.end, interaction) -
                                      order_.begin());
  };
  const std::uint32_t state = state_.load(std::memory_order_relaxed);
  const auto next_write = std::lower_bound(writes_->begin(), writes_->end(), state);
  const std::uint32_t begin = place(state);
  const std::uint32_t end = next_write == writes_->end() ? group.end : place(*next_write);
  if (begin == end) return begin > group.begin ? begin - 1 : begin;
  // The cursor is one more than the place that was answered last.
  std::atomic<std::uint32_t>& cursor = cursors_[static_cast<std::size_t>(&group - groups_.data())];
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
                                                 const Admits& admits) {
  const match::Index::Range range = index_.find(key);
  if (range.empty()) return std::nullopt;
  const Group* group = group_of(range.bucket, key, admits);
  if (group == nullptr) return std::nullopt;
  Answer answer;
  answer.matching = group->end - group->begin;
  const bool stateful = writes_.has_value();
  const std::uint32_t at = stateful && safe_method ? by_state(*group) : counted(*group, safe_method, on_end, answer);
  answer.interaction = order_[at];
  if (answer.exhausted) return answer;
  if (stateful && !safe_method) note_write(answer.interaction);
  if (!was_used(answer.interaction)) used_[answer.interaction].store(1, std::memory_order_relaxed);
  return answer;
}

std::uint64_t Sequences::unused() const {
  std::uint64_t count = 0;
  for (std::size_t i = 0; i < used_count_; ++i) count += was_used(static_cast<std::uint32_t>(i)) ? 0 : 1;
  return count;
}

void Sequences::rewind() {
  for (std::size_t i = 0; i < groups_.size(); ++i) cursors_[i].store(0, std::memory_order_relaxed);
  for (std::size_t i = 0; i < used_count_; ++i) used_[i].store(0, std::memory_order_relaxed);
  state_.store(0, std::memory_order_relaxed);
  const std::lock_guard lock(mutex_);
  bound_.clear();
  taken_.clear();
}

}  // namespace cvr::engine
