// A table like Lookup for recordings whose keys are not known, since they were recorded under other match rules: only
// where each goes is known (match::plain_route).  The recordings of a route get their keys when it is first asked for,
// so a start costs one pass over 4 bytes an interaction, and each record is read once at most.  Sound for rules that
// keep routes (match::keeps_routes): then whatever answers a request goes where it goes.
//
// Recordings stand in bins by their route, a few in each on average; a bin is what gets its keys at once.  All of one
// route are in one bin, so the first request to a route with very many recordings waits for all of them.  Memory: 5
// bytes an interaction, and 48 more of each that has its key.
//
// Threads: any; who needs a bin that has no keys yet waits for a mutex, others take none.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "engine/grouping.h"
#include "engine/zeroed.h"

namespace cvr::engine {

class RouteLookup {
 public:
  // Asked once for each interaction at most, by one thread at a time.
  using KeyOf = std::function<MatchKey(std::uint32_t interaction)>;
  // routes[i] belongs to interaction i; fewer than 2^32.
  RouteLookup(const std::vector<std::uint32_t>& routes, KeyOf key_of);

  Bucket find(const MatchKey& key);
  Group group(std::uint32_t index) const { return groups_[index]; }
  std::uint32_t interaction(std::uint32_t place) const { return order_[place]; }
  std::uint32_t size() const { return begins_.back(); }  // all numbers of buckets and groups are below it

 private:
  struct Named {  // a bucket
    std::uint64_t lo, hi;
    std::uint32_t first, last;
  };
  std::size_t bin_of(std::uint32_t route) const;
  std::uint32_t key_bin(std::size_t bin);

  const KeyOf key_of_;
  int shift_ = 64;
  std::vector<std::uint32_t> begins_;  // bin -> its first place; one more
  // What stands in the places of a bin without keys: interactions, ascending, and nothing.  With keys: those in the
  // order of groups, and from the bin's first place on its buckets, ascending, and its groups.  Memory that nobody has
  // written to is none.
  std::unique_ptr<std::uint32_t[]> order_;
  std::unique_ptr<Named[]> buckets_;
  std::unique_ptr<Group[]> groups_;
  Zeroed<std::uint32_t> counts_;  // bin -> its buckets; 0: it has no keys
  std::mutex mutex_;
};

}  // namespace cvr::engine
