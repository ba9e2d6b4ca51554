#include "match/route.h"

#include <algorithm>

#include "match/hash.h"
#include "match/normal_text.h"
#include "match/walk.h"

namespace cvr::match {
namespace {

enum Seed : std::uint64_t { kOriginSeed = 0x700, kMethodSeed, kSegmentSeed, kPathSeed };

bool holds_digit(std::string_view segment) {
  for (const char c : segment) {
    if (c >= '0' && c <= '9') return true;
  }
  return false;
}

}  // namespace

std::uint32_t route_of(const RedactedRequest& request, const PartRules& parts, std::string_view path) {
  if (parts.path.how != How::kDefault) path = {};
  const std::uint64_t seed = kOriginSeed + (std::uint64_t{request.origin.port} << 16) +
                             (request.origin.scheme == http::Scheme::kHttps ? 1 << 15 : 0);
  const Hash origin = parts.any_host ? Hash{} : hash_of(request.origin.host, seed);
  const Hash base = hash_of_all(origin, parts.any_method ? Hash{} : hash_of(request.method, kMethodSeed));
  std::uint64_t open = base.lo;
  std::string_view rest = path;
  while (!rest.empty()) {
    const std::size_t end = rest.find('/', 1);
    const std::string_view segment = rest.substr(0, end);
    open = hash_of(holds_digit(segment) ? std::string_view("/") : segment, kSegmentSeed ^ open).lo;
    if (end == std::string_view::npos) break;
    rest.remove_prefix(end);
  }
  const auto high = static_cast<std::uint32_t>(open) & 0xffff0000U;
  return high | (static_cast<std::uint32_t>(hash_of(path, kPathSeed ^ base.hi).lo) & 0xffffU);
}

std::uint32_t plain_route(const RedactedRequest& request) {
  static const PartRules kPlain;
  NormalText buffers;
  return route_of(request, kPlain, path_leaf(request, buffers).by_kind);
}

bool keeps_routes(const MatchRules& rules) {
  const auto keeps = [](const PartRules& parts) {
    return !parts.any_method && !parts.any_host && parts.path.how == How::kDefault;
  };
  return keeps(rules.parts) &&
         std::ranges::all_of(rules.routes, [&](const RouteRules& route) { return keeps(route.parts); });
}

std::string route_text(const RedactedRequest& request) {
  std::string out = request.method + " ";
  std::string_view rest = request.path.text;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('/', 1), rest.size());
    const std::string_view segment = rest.substr(0, end);
    out += holds_digit(segment) ? "/*" : segment;
    rest.remove_prefix(end);
  }
  return out;
}

int closeness(const MatchKey& a, const MatchKey& b) {
  const std::uint64_t differing = (a.bucket_hi ^ b.bucket_hi) >> 32;
  return differing == 0 ? 2 : differing >> 16 == 0 ? 1 : 0;
}

}  // namespace cvr::match
