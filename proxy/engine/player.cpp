#include "engine/player.h"

#include <algorithm>

#include "match/counterparts.h"

namespace cvr::engine {
namespace {

constexpr std::uint64_t kMostReadyBytes = 64u << 20;

Hit hit_of(const Playback* playback, std::shared_ptr<const Playback> owned = nullptr) {
  Hit hit;
  hit.playback = playback;
  hit.owned = std::move(owned);
  return hit;
}

match::MatchRules without_users(match::MatchRules rules) {
  rules.parts = {};
  rules.routes.clear();
  match::finish_rules(rules);
  return rules;
}

std::vector<std::uint64_t> bases(const std::vector<std::unique_ptr<cassette::Reader>>& cassettes) {
  std::vector<std::uint64_t> base{0};
  for (const auto& reader : cassettes) base.push_back(base.back() + reader->size());
  return base;
}

std::uint64_t folded(const MatchKey& key) { return key.bucket_lo ^ (key.bucket_hi * 0x9e3779b97f4a7c15ULL); }

}  // namespace

std::string url_of(const RedactedRequest& request) {
  std::string url = http::to_string(request.origin);
  url += request.path.text == "*" ? "/*" : request.path.text;
  if (request.has_query) url += '?' + request.query.text;
  return url;
}

Player::Player(std::vector<std::unique_ptr<cassette::Reader>> cassettes, match::MatchRules rules, OnEnd on_end,
               bool stateful)
    : cassettes_(std::move(cassettes)),
      base_(bases(cassettes_)),
      rules_(std::move(rules)),
      strict_rules_(without_users(rules_)),
      on_end_(on_end),
      stateful_(stateful),
      sequences_(make_table(), writes()),
      ready_(size()) {}

Player::~Player() = default;

std::pair<const cassette::Reader*, std::uint64_t> Player::locate(std::uint64_t index) const {
  const auto next = std::upper_bound(base_.begin(), base_.end(), index);
  const auto cassette = static_cast<std::size_t>(next - base_.begin() - 1);
  return {cassettes_[cassette].get(), index - base_[cassette]};
}

Result<RedactedInteraction> Player::interaction(std::uint64_t index) const {
  const auto [reader, at] = locate(index);
  return reader->interaction(at);
}

Result<Hit> Player::ready(std::uint32_t index, const LinkMap* links) {
  if (links == nullptr) {
    if (const Playback* cached = ready_[index].load(std::memory_order_acquire)) return hit_of(cached);
  }
  auto recorded = interaction(index);
  if (!recorded) return std::unexpected(recorded.error());
  if (on_play_) on_play_(**recorded);
  auto made = make_playback(index + 1, *recorded, links);
  if (!made) return std::unexpected(made.error());
  made->loosened = has_looser_rules() && match::is_loosened((*recorded)->request, rules_);
  auto owned = std::make_shared<const Playback>(std::move(*made));
  const std::uint64_t bytes = 2 * owned->wire.size() + sizeof(Playback);
  if (links != nullptr || ready_bytes_.fetch_add(bytes) + bytes > kMostReadyBytes) return hit_of(owned.get(), owned);
  const std::lock_guard lock(mutex_);
  if (const Playback* faster = ready_[index].load(std::memory_order_acquire)) return hit_of(faster);  // another shard
  kept_.push_back(owned);
  ready_[index].store(owned.get(), std::memory_order_release);
  return hit_of(owned.get());
}

// What an interaction is found by.  Where it was recorded under other match rules, the record itself decides.
MatchKey Player::key(std::uint64_t index) const {
  const auto [reader, at] = locate(index);
  const MatchKey stored = reader->key(at);
  if (stored.rules == rules_.fingerprint) return stored;
  const auto recorded = reader->interaction(at);
  return recorded ? match::key_of((*recorded)->request, rules_) : MatchKey{};
}

// The table of a sealed cassette that carries one; else one made of the keys.  Under other rules keys are made when
// they are needed, where it is known which records a request may need.
Table Player::make_table() {
  if (cassettes_.size() == 1) {
    const cassette::Reader& only = *cassettes_.front();
    if (auto ready = Lookup::view(only.lookup(), only.size(), rules_.fingerprint)) return Table(std::move(*ready));
  }
  const bool has_others = std::ranges::any_of(cassettes_, [this](const auto& reader) {
    std::uint64_t i = 0;
    while (i < reader->size() && reader->key(i).rules == rules_.fingerprint) ++i;
    return i < reader->size();
  });
  if (has_others && match::keeps_routes(rules_)) {
    if (auto routes = routes_of(cassettes_, {&rules_, &strict_rules_})) {
      routes_ = std::move(routes->of);
      read_at_start_ += routes->read;
      return Table(std::make_unique<RouteLookup>(routes_, [this](std::uint32_t index) { return key(index); }));
    }
  }
  std::vector<MatchKey> keys;
  keys.reserve(size());
  for (std::uint64_t i = 0; i < size(); ++i) {
    const auto [reader, at] = locate(i);
    if (reader->key(at).rules != rules_.fingerprint) ++read_at_start_;
    keys.push_back(key(i));
  }
  if (has_others) {
    for (const MatchKey& key : keys) routes_.push_back(match::route_in(key));
  }
  return Table(Lookup::build(keys));
}

// Which recordings changed something upstream; nothing unless that is asked for.
std::optional<std::vector<std::uint32_t>> Player::writes() {
  if (!stateful_) return std::nullopt;
  Writes writes = writes_of(cassettes_);
  read_at_start_ += writes.read;
  return std::move(writes.at);
}

std::optional<match::Nearest> Player::compared(const RedactedRequest& request, std::uint64_t n, By rules) const {
  const auto recorded = interaction(n - 1);
  if (!recorded) return std::nullopt;
  match::Difference difference =
      match::compare(request, (*recorded)->request, rules == By::kAllRules ? rules_ : strict_rules_);
  if (difference.rule.empty()) return std::nullopt;
  return match::Nearest{n, request.method, url_of(request), std::move(difference)};
}

// By the keys that stand in the cassette, where they were made without looser rules; else by the record.
Likeness Player::sameness_of(const RedactedRequest& request) const {
  return {folded(match::key_of(request, strict_rules_)), [this](std::uint32_t index) {
            const auto [reader, at] = locate(index);
            const MatchKey key = reader->key(at);
            if (key.rules == strict_rules_.fingerprint) return folded(key);
            const auto recorded = interaction(index);
            return recorded ? folded(match::key_of((*recorded)->request, strict_rules_)) : 0;
          }};
}

Likeness Player::of_recorded(std::uint64_t live,
                             std::uint64_t (*of)(const RedactedRequest&, const match::MatchRules&)) const {
  return {live, [this, of](std::uint32_t index) {
            const auto recorded = interaction(index);
            return recorded ? of((*recorded)->request, rules_) : 0;
          }};
}

Deciders Player::deciders(const RedactedRequest& request) const {
  Deciders by;
  if (match::has_tolerance(request, rules_)) {
    by.admits = [this, &request](std::uint32_t index) {
      const auto recorded = interaction(index);
      return recorded && match::is_within_tolerance(request, (*recorded)->request, rules_);
    };
  }
  if (sequences_.has_rivals()) {
    by.identity = of_recorded(match::identity_of(request, rules_), match::identity_of);
    const auto by_value = [](const RedactedRequest& one, const match::MatchRules& rules) {
      return folded(match::key_of(match::with_values(one).value_or(one), rules));
    };
    if (match::has_values(request)) by.values = of_recorded(by_value(request, rules_), by_value);
  }
  if (has_looser_rules()) by.sameness = sameness_of(request);
  return by;
}

// What the answer was recorded for, where that is not what was asked: by a rule of the user's, or by kind alone.
std::optional<match::Nearest> Player::looser(const RedactedRequest& request, const Playback& played, bool bound) const {
  if (has_looser_rules() && (played.loosened || match::is_loosened(request, rules_))) {
    if (auto differs = compared(request, played.n, By::kStrictRules)) return differs;
  }
  if (!bound) return std::nullopt;
  const auto asked = match::with_values(request);
  const auto recorded = asked ? interaction(played.n - 1) : fail(ErrorCode::kNotFound, "");
  if (!recorded) return std::nullopt;
  const RedactedRequest& other = (*recorded)->request;
  match::Difference difference = match::compare(*asked, match::with_values(other).value_or(other), rules_);
  if (difference.rule.empty()) return std::nullopt;
  return match::Nearest{played.n, request.method, url_of(request), std::move(difference)};
}

std::variant<Hit, NoAnswer> Player::answer(const RedactedRequest& request, const LinkMap* links) {
  const MatchKey key = match::key_of(request, rules_);
  const auto next = sequences_.next(key, http::is_safe(request.method), on_end_, deciders(request));
  if (!next) {
    if (const auto plain = match::without_conditions(request)) return answer(*plain, links);
    return NoAnswer{"no recorded interaction matches", false};
  }
  if (next->exhausted) {
    std::string reason = "all " + std::to_string(next->matching) + " matching interactions were used";
    // One dummy is one user: what another was answered is not for it.
    if (next->others) reason += "; others like them were recorded with another credential";
    return NoAnswer{std::move(reason), false};
  }
  auto hit = ready(next->interaction, links);
  if (!hit) return NoAnswer{hit.error().text, false};
  hit->loosened = looser(request, *hit->playback, next->bound);
  return std::move(*hit);
}

// One pass over the keys, or over the hints where they say the same in less.
const std::vector<std::uint32_t>* Player::routes() const {
  const std::lock_guard lock(mutex_);
  if (!routes_.empty()) return &routes_;
  if (match::keeps_routes(rules_)) {
    if (auto known = routes_of(cassettes_, {&rules_, &strict_rules_})) routes_ = std::move(known->of);
  }
  for (std::uint64_t i = routes_.size(); i < size(); ++i) {
    const auto [reader, at] = locate(i);
    routes_.push_back(match::route_in(reader->key(at)));
  }
  return &routes_;
}

match::MissReport Player::explain(const RedactedRequest& request, std::string reason) const {
  match::MissReport report;
  report.method = request.method;
  report.reason = std::move(reason);
  report.hint = "record it: cvr run --mode new_episodes -c FILE -- CMD; or mend the request";
  if (request.body.omitted && request.body.omitted->ends_with("over the body limit")) {
    report.hint = "the request's body is over the limit: replay with the --body-limit of the recording";
  }
  report.nearest = match::nearest(
      request, size(), [this](std::uint64_t i) { return interaction(i); }, rules_,
      [this](std::uint64_t i) { return sequences_.was_used(static_cast<std::uint32_t>(i)); },
      [routes = routes()](std::uint64_t i) {
        MatchKey key;
        key.bucket_hi = std::uint64_t{(*routes)[i]} << 32;
        return key;
      });
  RedactedRequest shown = request;
  shown.body = {};
  for (const match::Nearest& near : report.nearest) {
    if (const auto recorded = interaction(near.n - 1))
      shown = match::shown_beside(std::move(shown), (*recorded)->request);
  }
  report.url = url_of(shown);
  return report;
}

std::vector<Player::Unused> Player::list_unused(std::size_t limit) const {
  std::vector<Unused> list;
  for (std::uint64_t i = 0; i < size() && list.size() < limit; ++i) {
    if (sequences_.was_used(static_cast<std::uint32_t>(i))) continue;
    if (const auto recorded = interaction(i)) {
      list.push_back({i + 1, (*recorded)->request.method, url_of((*recorded)->request)});
    }
  }
  return list;
}

}  // namespace cvr::engine
