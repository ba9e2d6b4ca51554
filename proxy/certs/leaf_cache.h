// Server contexts by host, the least recently used dropped beyond a bound: a client that walks
// through names must not fill the memory.  Private to proxy/certs.  One thread at a time (the
// authority's mutex).
#pragma once

#include <cstdint>
#include <list>
#include <string>
#include <unordered_map>

#include "certs/handles.h"

namespace cvr::certs {

class LeafCache {
 public:
  struct Leaf {
    ContextPtr context;
    std::int64_t usable_from_utc_s = 0;
    std::int64_t usable_until_utc_s = 0;  // exclusive; then it is made anew
  };

  explicit LeafCache(std::size_t limit) : limit_(limit) {}

  // The leaf of `host` if it is usable now, else null.
  ContextPtr find(const std::string& host, std::int64_t now_utc_s);
  void put(const std::string& host, Leaf leaf);
  std::size_t size() const { return by_host_.size(); }

 private:
  using Order = std::list<std::pair<std::string, Leaf>>;  // most recently used first

  std::size_t limit_;
  Order order_;
  std::unordered_map<std::string, Order::iterator> by_host_;
};

}  // namespace cvr::certs
