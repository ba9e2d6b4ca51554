// MatchKey: a digest of the request's parts (digester.h), and where it goes (route.h).
// On the path of every replayed request; tests/bench/micro/match_bench.cpp measures it.
#include "match/digester.h"
#include "match/normal_text.h"
#include "match/route.h"

namespace cvr::match {
MatchKey key_of(const RedactedRequest& request, const MatchRules& rules) {
  Digester digester;
  NormalText buffers;
  const Leaf path_text = path_leaf(request, buffers);
  digester.leaf(path_text);
  const Digest path = digester.take();
  walk_query(request, rules, digester);
  const Digest query = digester.take();
  walk_credentials(request, rules, digester);
  const Digest credentials = digester.take();
  const BodyForm form = walk_body(request, rules, digester);
  const Digest body = digester.take();

  const Hash method = hash_of(request.method, 0);
  const Hash host = hash_of(request.origin.host, 0);
  const Hash rest{std::uint64_t{request.origin.port} << 16 | static_cast<std::uint64_t>(request.origin.scheme),
                  static_cast<std::uint64_t>(form)};
  const Hash bucket = hash_of_all(method, host, rest, path.by_kind, query.by_kind, credentials.by_kind, body.by_kind);
  const Hash exact = hash_of_all(method, host, rest, path.exact, query.exact, credentials.exact, body.exact);
  MatchKey key;
  key.bucket_lo = bucket.lo;
  key.bucket_hi = std::uint64_t{route_of(request, path_text.by_kind)} << 32 | (bucket.hi & 0xffffffffU);
  key.exact_lo = exact.lo;
  key.exact_hi = exact.hi;
  key.rules = rules.fingerprint;
  return key;
}

}  // namespace cvr::match
