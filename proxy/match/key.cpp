// MatchKey: 128-bit XXH3 over the leaves.  A leaf's hash covers its path and text; leaves add up, so
// the order of members and pairs does not count while the index of an array element (part of its
// path) does.  One pass, no tree, no sorting.
#include <xxhash.h>

#include <vector>

#include "match/walk.h"

namespace cvr::match {
namespace {

struct Hash {
  std::uint64_t lo = 0, hi = 0;
};

Hash hash_of(std::string_view text, const Hash& path) {
  const XXH128_hash_t h = XXH3_128bits_withSeed(text.data(), text.size(), path.lo ^ (path.hi * 0x9e3779b97f4a7c15ULL));
  return {h.low64, h.high64};
}

class HashVisitor : public Visitor {
 public:
  explicit HashVisitor(const char* part) { path_.push_back(hash_of(part, {})); }
  void enter_key(std::string_view key) override { path_.push_back(hash_of(key, path_.back())); }
  void enter_index(std::size_t index) override {
    const std::uint64_t value = index;
    Hash mixed = path_.back();
    mixed.hi ^= 0xa5a5a5a5a5a5a5a5ULL;  // element 0 is not a member named by eight zero bytes
    path_.push_back(hash_of({reinterpret_cast<const char*>(&value), sizeof value}, mixed));
  }
  void leave() override { path_.pop_back(); }
  void leaf(const Leaf& leaf) override {
    const Hash kind = hash_of(leaf.by_kind, path_.back());
    const bool same = leaf.exact.data() == leaf.by_kind.data() && leaf.exact.size() == leaf.by_kind.size();
    add(kind_, kind);
    add(exact_, same ? kind : hash_of(leaf.exact, path_.back()));
  }
  const Hash& kind() const { return kind_; }
  const Hash& exact() const { return exact_; }

 private:
  static void add(Hash& sum, const Hash& h) {
    sum.lo += h.lo;
    sum.hi += h.hi;
  }
  std::vector<Hash> path_;
  Hash kind_, exact_;
};

}  // namespace

MatchKey key_of(const RedactedRequest& request, const MatchRules& rules) {
  HashVisitor path("path");
  HashVisitor query("query");
  HashVisitor credentials("credentials");
  HashVisitor body("body");
  walk_path(request, path);
  walk_query(request, rules, query);
  walk_credentials(request, rules, credentials);
  const BodyForm form = walk_body(request, rules, body);

  const Hash method = hash_of(request.method, {1, 0});
  const Hash host = hash_of(request.origin.host, {2, 0});
  struct {
    Hash method, host, path, query, credentials, body;
    std::uint64_t place;
  } whole{method, host, path.kind(), query.kind(), credentials.kind(), body.kind(),
          static_cast<std::uint64_t>(request.origin.port) << 16 | static_cast<std::uint64_t>(request.origin.scheme) << 8 |
              static_cast<std::uint64_t>(form)};
  MatchKey key;
  const XXH128_hash_t bucket = XXH3_128bits(&whole, sizeof whole);
  whole.path = path.exact();
  whole.query = query.exact();
  whole.credentials = credentials.exact();
  whole.body = body.exact();
  const XXH128_hash_t exact = XXH3_128bits(&whole, sizeof whole);
  key.bucket_lo = bucket.low64;
  key.bucket_hi = bucket.high64;
  key.exact_lo = exact.low64;
  key.exact_hi = exact.high64;
  key.rules = rules.fingerprint;
  return key;
}

}  // namespace cvr::match
