// Which group of a bucket plays for a live request that no group was recorded by.
//
// Recordings of a bucket are equal but for pseudonyms.  A live request with other pseudonyms than any of them (a dummy
// credential in CI, another key) is bound, at its first appearance, to the first group that nobody has taken or played,
// and keeps it: two dummies stand for two users, in the order in which they appear.  When none is left, the last is
// shared.  A user is one user in every bucket: who asks (credentials in headers alone) is bound to who was recorded, at
// the first binding of either, and plays that one's groups wherever there are some.  Groups with the same personal
// values as the request's (an e-mail address, a trip at --privacy commercial) come before those with others.
//
// Not thread-safe: Sequences holds a mutex.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <unordered_map>
#include <vector>

#include "engine/table.h"

namespace cvr::engine {

// Something about a live request, and the same of a recording; `recorded` empty: it does not count here.
struct Likeness {
  std::uint64_t live = 0;
  std::function<std::uint64_t(std::uint32_t interaction)> recorded = {};
};

// What decides where the keys of a request and of several recordings do not.
struct Deciders {
  // Whether an interaction with other numbers than the asked ones is near enough (match rules); empty: all are.
  std::function<bool(std::uint32_t interaction)> admits = {};
  // Who asks, and who was recorded; 0: nobody.
  Likeness identity = {};
  // The personal values of the request, as match::with_values has them.  Asked once for each group of a bucket.
  Likeness values = {};
  // Of a request that a looser rule brings together with others: what it is without that rule.  A recording that is the
  // same is played before one that is only alike.  Asked once for each recording of a group.
  Likeness sameness = {};
};

class Binding {
 public:
  // `is_played(group)`: somebody has had an answer of it.
  Binding(const Table& table, std::function<bool(std::uint32_t group)> is_played)
      : table_(table), is_played_(std::move(is_played)) {}

  // nullopt: none is near enough.
  std::optional<std::uint32_t> group_for(const Bucket& bucket, const MatchKey& key, const Deciders& by);
  void clear();

 private:
  struct Live {
    std::uint64_t lo, hi;
    auto operator<=>(const Live&) const = default;
  };
  using Numbers = std::vector<std::uint32_t>;
  std::uint32_t first_of(std::uint32_t group) const { return table_.interaction(table_.group(group).begin); }
  bool is_free(std::uint32_t group) const;
  const Numbers* peers(const Bucket& bucket, const Likeness& values);
  std::uint64_t recorded_by(std::uint32_t group, const Likeness& identity);
  template <class Groups, class Open>
  std::uint32_t choose(const Groups& groups, const Open& open, const Likeness& identity);
  template <class Range>
  std::optional<std::uint32_t> nearest(const Range& groups, const Deciders& by) const;
  std::optional<std::uint32_t> find(const Bucket& bucket, const Deciders& by);

  const Table& table_;
  const std::function<bool(std::uint32_t)> is_played_;
  std::map<std::pair<std::uint32_t, Live>, std::uint32_t> bound_;  // (bucket, live identity) -> group
  std::map<std::uint32_t, std::uint32_t> taken_;                   // bucket -> groups from its first on that are taken
  std::set<std::uint32_t> given_;                                  // groups that somebody was bound to
  std::map<std::uint64_t, std::uint64_t> users_;                   // who asks -> who was recorded
  std::set<std::uint64_t> known_;                                  // of those the recorded ones
  std::map<std::uint32_t, std::uint64_t> recorded_;                // group -> who was recorded
  std::map<std::uint32_t, std::unordered_map<std::uint64_t, Numbers>> peers_;  // bucket -> groups by their values
};

}  // namespace cvr::engine
