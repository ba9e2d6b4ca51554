#include "engine/hints.h"

#include <algorithm>

#include "cvr/matcher.h"
#include "engine/lookup.h"

namespace cvr::engine {
namespace {

constexpr std::uint64_t kReadsOneOf = 4;

// Calls `told(hints, place)` for each interaction that hints tell of, `untold(index)` for each other, in order.
template <class Told, class Untold>
void walk(const cassette::Reader& reader, Told told, Untold untold) {
  std::uint64_t i = 0;
  for (const cassette::Hints& hints : reader.hints()) {
    for (; i < hints.first; ++i) untold(i);
    for (; i < hints.first + hints.count; ++i) told(hints, i - hints.first);
  }
  for (; i < reader.size(); ++i) untold(i);
}

}  // namespace

void write_hints(cassette::WriterOptions& options) {
  options.make_lookup = Lookup::encode;
  options.routes = {match::kRouteForm, match::plain_route};
}

std::optional<Routes> routes_of(const Cassettes& cassettes, const std::vector<const match::MatchRules*>& plain) {
  const auto tells = [&](const MatchKey& key) {
    return std::ranges::any_of(plain, [&](const match::MatchRules* rules) { return rules->fingerprint == key.rules; });
  };
  std::uint64_t size = 0;
  for (const auto& reader : cassettes) size += reader->size();
  Routes out;
  out.of.reserve(size);
  for (const auto& reader : cassettes) {
    std::vector<std::uint64_t> unknown;  // in this cassette
    const std::size_t base = out.of.size();
    const auto untold = [&](std::uint64_t i) {
      const MatchKey key = reader->key(i);
      if (!tells(key)) unknown.push_back(i);
      out.of.push_back(match::route_in(key));
    };
    walk(
        *reader,
        [&](const cassette::Hints& hints, std::uint64_t i) {
          if (hints.form != match::kRouteForm) return untold(hints.first + i);
          out.of.push_back(hints.route(i));
        },
        untold);
    out.read += unknown.size();
    if (out.read * kReadsOneOf > size) return std::nullopt;
    for (const std::uint64_t i : unknown) {
      if (const auto recorded = reader->interaction(i)) out.of[base + i] = match::plain_route((*recorded)->request);
    }
  }
  return out;
}

Writes writes_of(const Cassettes& cassettes) {
  Writes out;
  std::uint64_t base = 0;
  for (const auto& reader : cassettes) {
    const auto add = [&](std::uint64_t i) { out.at.push_back(static_cast<std::uint32_t>(base + i)); };
    walk(
        *reader,
        [&](const cassette::Hints& hints, std::uint64_t i) {
          if (hints.is_write(i)) add(hints.first + i);
        },
        [&](std::uint64_t i) {
          ++out.read;
          const auto recorded = reader->interaction(i);
          if (recorded && !http::is_safe((*recorded)->request.method)) add(i);
        });
    base += reader->size();
  }
  return out;
}

}  // namespace cvr::engine
