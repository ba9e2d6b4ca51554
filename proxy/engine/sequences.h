// Which of several recordings of the same request comes next.
//
// Recordings stand in the groups of a Table: equal but for pseudonyms, and equal with them.  A live request with a
// group's identity plays that group in recorded order.  One with another identity (a dummy credential in CI, another
// key) is bound, at its first appearance, to the first group that nobody has taken or played, and keeps it: two dummies
// stand for two users, in the order in which they appear.  When none is left, the last is shared.  When a group is at
// its end, --on-end decides.  A user is one user in every bucket: who asks (credentials in headers alone) is bound to
// who was recorded, at the first binding of either, and plays that one's groups wherever there are some.
//
// With the numbers of the writes (`--stateful`) a safe request is answered by what was recorded between
// the last write that this run has made and the next one that was recorded: in order, then the last of
// them for as long as it is asked; nothing recorded there: what stood last before.  Only a request that
// was first recorded after a later write is answered by that.
//
// The table is immutable; positions are atomic, so shards share one object.  `next` takes no lock
// unless the identity is unknown.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <unordered_map>
#include <vector>

#include "engine/table.h"
#include "engine/zeroed.h"

namespace cvr::engine {

enum class OnEnd : std::uint8_t { kDefault, kFail, kLast, kLoop };  // kDefault: last for safe methods, else fail

// Who asks, and who was recorded; 0: nobody.  `recorded` is asked at a binding only.
struct Identity {
  std::uint64_t live = 0;
  std::function<std::uint64_t(std::uint32_t interaction)> recorded = {};
};

// Of a request that a looser rule brings together with others: what it is without that rule.  A recording that is the
// same is played before one that is only alike.  `recorded` is asked once for each recording of a group.
struct Likeness {
  std::uint64_t live = 0;
  std::function<std::uint64_t(std::uint32_t interaction)> recorded = {};  // empty: no looser rule
};

class Sequences {
 public:
  // `writes`: for --stateful the interactions that are no safe requests, ascending.
  explicit Sequences(Table table, std::optional<std::vector<std::uint32_t>> writes = {});
  explicit Sequences(const std::vector<MatchKey>& keys, std::optional<std::vector<std::uint32_t>> writes = {})
      : Sequences(Table(Lookup::build(keys)), std::move(writes)) {}

  struct Answer {
    std::uint32_t interaction = 0;  // index from 0
    bool exhausted = false;         // every matching one was used and --on-end says fail
    std::uint32_t matching = 0;     // how many this identity plays
    bool others = false;            // the same was recorded with other pseudonyms too
  };
  // Whether an interaction with other numbers than the asked ones is near enough (match rules); empty: all are.
  using Admits = std::function<bool(std::uint32_t interaction)>;
  // nullopt: nothing matches.
  std::optional<Answer> next(const MatchKey& key, bool safe_method, OnEnd on_end, const Admits& admits = {},
                             const Identity& identity = {}, const Likeness& likeness = {});
  // Larger groups are played in their order: nothing is looked at that costs more than the request is worth.
  static constexpr std::uint32_t kMostAlike = 65'536;
  // Whether anything may have been recorded by several: only then an Identity makes a difference.
  bool has_rivals() const { return lookup_.may_have_rivals(); }

  bool was_used(std::uint32_t interaction) const { return used_[interaction].load(std::memory_order_relaxed) != 0; }
  std::uint64_t unused() const;
  std::size_t size() const { return lookup_.size(); }
  void rewind();

 private:
  struct Live {
    std::uint64_t lo, hi;
    auto operator<=>(const Live&) const = default;
  };
  std::optional<std::uint32_t> group_of(const Bucket& bucket, const MatchKey& key, const Admits& admits,
                                        const Identity& identity);
  std::optional<std::uint32_t> bind(const Bucket& bucket, const MatchKey& key, const Admits& admits,
                                    const Identity& identity);
  std::uint32_t choose(const Bucket& bucket, const Identity& identity);
  std::uint64_t recorded_by(std::uint32_t group, const Identity& identity);
  bool is_free(std::uint32_t group) const;
  struct Taking {
    OnEnd rule = OnEnd::kFail;  // what comes after the last
    bool passes_used = false;
  };
  std::uint32_t counted(std::uint32_t index, const Group& group, Taking taking, Answer& answer);
  std::optional<std::uint32_t> same(std::uint32_t index, const Group& group, OnEnd rule, const Likeness& likeness);
  std::uint32_t by_state(std::uint32_t index, const Group& group);
  void note_write(std::uint32_t interaction);

  Table lookup_;
  Zeroed<std::uint32_t> cursors_;  // a group's next place, counted from 0
  Zeroed<std::uint8_t> used_;

  std::optional<std::vector<std::uint32_t>> writes_;
  std::atomic<std::uint32_t> state_{0};  // one more than the last write that this run has made

  std::mutex mutex_;                                               // guards what follows
  std::map<std::pair<std::uint32_t, Live>, std::uint32_t> bound_;  // (bucket, live identity) -> group
  std::map<std::uint32_t, std::uint32_t> taken_;                   // bucket -> groups from its first on that are taken
  std::set<std::uint32_t> given_;                                  // groups that somebody was bound to
  std::map<std::uint64_t, std::uint64_t> users_;                   // who asks -> who was recorded
  std::set<std::uint64_t> known_;                                  // of those the recorded ones
  std::map<std::uint32_t, std::uint64_t> recorded_;                // group -> who was recorded
  using Places = std::unordered_map<std::uint64_t, std::vector<std::uint32_t>>;
  std::map<std::uint32_t, Places> likes_;  // group -> places by what they are without looser rules
};

}  // namespace cvr::engine
