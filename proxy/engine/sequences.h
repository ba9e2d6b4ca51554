// Which of several recordings of the same request comes next.
//
// Recordings stand in the groups of a Table: equal but for pseudonyms, and equal with them.  A live request with a
// group's identity plays that group in recorded order.  One with another is bound to a group (binding.h).  When a group
// is at its end, --on-end decides.
//
// With the numbers of the writes (`--stateful`) a safe request is answered by what was recorded between
// the last write that this run has made and the next one that was recorded: in order, then the last of
// them for as long as it is asked; nothing recorded there: what stood last before.  Only a request that
// was first recorded after a later write is answered by that.
//
// The table changes only as route_lookup.h says; positions are atomic, so shards share one object.  `next` takes no
// lock unless the identity is unknown, one of very many, or a looser rule holds.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <vector>

#include "engine/binding.h"
#include "engine/table.h"
#include "engine/zeroed.h"

namespace cvr::engine {

enum class OnEnd : std::uint8_t { kDefault, kFail, kLast, kLoop };  // kDefault: last for safe methods, else fail

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
    bool bound = false;             // it was recorded with other pseudonyms than those of the request
  };
  // nullopt: nothing matches.
  std::optional<Answer> next(const MatchKey& key, bool safe_method, OnEnd on_end, const Deciders& by = {});
  // Larger groups are played in their order: nothing is looked at that costs more than the request is worth.
  static constexpr std::uint32_t kMostAlike = 65'536;
  // Whether anything may have been recorded by several: only then an identity makes a difference.
  bool has_rivals() const { return lookup_.may_have_rivals(); }

  bool was_used(std::uint32_t interaction) const { return used_[interaction].load(std::memory_order_relaxed) != 0; }
  std::uint64_t unused() const;
  std::size_t size() const { return lookup_.size(); }
  void rewind();

 private:
  static constexpr std::uint32_t kFew = 32;
  std::optional<std::uint32_t> own_group(const Bucket& bucket, const MatchKey& key);
  std::optional<std::uint32_t> own_group_of_many(const Bucket& bucket, const MatchKey& key);
  std::optional<std::uint32_t> bound_group(const Bucket& bucket, const MatchKey& key, const Deciders& by);
  struct Taking {
    OnEnd rule = OnEnd::kFail;  // what comes after the last
    bool passes_used = false;
  };
  std::uint32_t counted(std::uint32_t index, const Group& group, Taking taking, Answer& answer);
  std::optional<std::uint32_t> same(std::uint32_t index, const Group& group, OnEnd rule, const Likeness& sameness);
  std::uint32_t by_state(std::uint32_t index, const Group& group);
  void note_write(std::uint32_t interaction);

  Table lookup_;
  Zeroed<std::uint32_t> cursors_;  // a group's next place, counted from 0
  Zeroed<std::uint8_t> used_;
  Zeroed<std::uint8_t> played_;  // groups of which somebody had an answer

  std::optional<std::vector<std::uint32_t>> writes_;
  std::atomic<std::uint32_t> state_{0};  // one more than the last write that this run has made

  std::mutex mutex_;  // guards what follows
  Binding binding_;
  using Crowd = std::vector<std::pair<std::uint64_t, std::uint32_t>>;  // (exact_lo, group), ascending
  std::unordered_map<std::uint32_t, Crowd> crowds_;                    // of buckets with more than a few groups
  struct Alike {
    std::vector<std::uint32_t> places;
    std::size_t repeated = 0;  // by --on-end loop
  };
  using Places = std::unordered_map<std::uint64_t, Alike>;
  std::map<std::uint32_t, Places> likes_;  // group -> places by what they are without looser rules
};

}  // namespace cvr::engine
