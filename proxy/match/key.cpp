// MatchKey: a digest of the request's parts (digester.h), and where it goes (route.h).
// On the path of every replayed request; tests/bench/micro/match_bench.cpp measures it.
#include "match/conditions.h"
#include "match/digester.h"
#include "match/normal_text.h"
#include "match/route.h"

namespace cvr::match {
MatchKey key_of(const RedactedRequest& request, const MatchRules& rules) {
  const PartRules& parts = rules.parts_for(request);
  Digester digester;
  NormalText buffers;
  const Leaf path_text = path_leaf(request, buffers);
  walk_path(path_text, parts, digester);
  const Digest path = digester.take();
  walk_query(request, rules, parts, digester);
  const Digest query = digester.take();
  walk_credentials(request, rules, parts, digester);
  Digest credentials = digester.take();
  if (!parts.headers.empty() || has_conditions(request)) {
    walk_headers(request, parts, digester);
    const Digest headers = digester.take();
    credentials = {hash_of_all(credentials.by_kind, headers.by_kind), hash_of_all(credentials.exact, headers.exact)};
  }
  const BodyForm form = walk_body(request, rules, parts, digester);
  const Digest body = digester.take();

  const http::Origin& origin = request.origin;
  const Hash method = parts.any_method ? Hash{} : hash_of(request.method, 0);
  const Hash host = parts.any_host ? Hash{} : hash_of(origin.host, 0);
  const std::uint64_t port =
      parts.any_host ? 0 : std::uint64_t{origin.port} << 16 | static_cast<std::uint64_t>(origin.scheme);
  const Hash rest{port, static_cast<std::uint64_t>(form)};
  const Hash bucket = hash_of_all(method, host, rest, path.by_kind, query.by_kind, credentials.by_kind, body.by_kind);
  const Hash exact = hash_of_all(method, host, rest, path.exact, query.exact, credentials.exact, body.exact);
  MatchKey key;
  key.bucket_lo = bucket.lo;
  key.bucket_hi = std::uint64_t{route_of(request, parts, path_text.by_kind)} << 32 | (bucket.hi & 0xffffffffU);
  key.exact_lo = exact.lo;
  key.exact_hi = exact.hi;
  key.rules = rules.fingerprint;
  return key;
}

std::uint64_t identity_of(const RedactedRequest& request, const MatchRules& rules) {
  Digester digester;
  walk_credentials(request, rules, rules.parts_for(request), digester);
  const Digest credentials = digester.take();
  return credentials.exact == credentials.by_kind ? 0 : credentials.exact.lo;
}

}  // namespace cvr::match
