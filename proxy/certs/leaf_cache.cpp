#include "certs/leaf_cache.h"

namespace cvr::certs {

ContextPtr LeafCache::find(const std::string& host, std::int64_t now_utc_s) {
  const auto found = by_host_.find(host);
  if (found == by_host_.end()) return nullptr;
  const Leaf& leaf = found->second->second;
  if (now_utc_s < leaf.usable_from_utc_s || now_utc_s >= leaf.usable_until_utc_s) return nullptr;
  order_.splice(order_.begin(), order_, found->second);
  return leaf.context;
}

void LeafCache::put(const std::string& host, Leaf leaf) {
  if (const auto old = by_host_.find(host); old != by_host_.end()) {
    order_.erase(old->second);
    by_host_.erase(old);
  }
  order_.emplace_front(host, std::move(leaf));
  by_host_.emplace(host, order_.begin());
  if (by_host_.size() > limit_) {
    by_host_.erase(order_.back().first);
    order_.pop_back();
  }
}

}  // namespace cvr::certs
