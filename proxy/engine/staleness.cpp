#include "engine/staleness.h"

#include <algorithm>

namespace cvr::engine {
namespace {

constexpr std::int64_t kSecondUs = 1'000'000;
constexpr std::int64_t kDayUs = 86'400 * kSecondUs;
constexpr std::int64_t kWeekUs = 7 * kDayUs;
constexpr std::size_t kMostNumbers = 100;
constexpr std::string_view kWords[] = {"warn", "fail", "record"};

std::string told(std::uint64_t n, std::int64_t age_us, std::int64_t max_age_us) {
  return "#" + std::to_string(n) + " is stale: recorded " + age_text(age_us) + " ago, and --max-age is " +
         age_text(max_age_us);
}

}  // namespace

std::string_view to_string(OnStale action) { return kWords[static_cast<std::size_t>(action)]; }

std::optional<OnStale> on_stale_from(std::string_view word) {
  const auto* found = std::ranges::find(kWords, word);
  if (found == std::end(kWords)) return std::nullopt;
  return static_cast<OnStale>(found - std::begin(kWords));
}

std::string age_text(std::int64_t us) {
  constexpr std::pair<std::int64_t, const char*> kUnits[] = {
      {kDayUs, "days"}, {3600 * kSecondUs, "hours"}, {60 * kSecondUs, "minutes"}, {kSecondUs, "seconds"}};
  for (const auto& [unit, name] : kUnits) {
    if (us >= 2 * unit || unit == kSecondUs) return std::to_string(us / unit) + ' ' + name;
  }
  return {};
}

std::int64_t last_rebuild_utc_us(const profiles::Rebuild& rebuild, std::int64_t now_utc_us) {
  // 1970-01-01 was a Thursday: the first Monday is four days later.
  const std::int64_t first = (4 + rebuild.weekday) * kDayUs + rebuild.from_minute * 60 * kSecondUs;
  const std::int64_t since = now_utc_us - first;
  const std::int64_t weeks = since / kWeekUs - (since % kWeekUs < 0 ? 1 : 0);
  return first + weeks * kWeekUs;
}

Staleness::Staleness(AgeRules rules, const Clock& clock)
    : rules_(std::move(rules)),
      rebuild_utc_us_(rules_.rebuild ? last_rebuild_utc_us(*rules_.rebuild, clock.utc_us()) : 0),
      rebuilt_(rules_.rebuild ? rules_.rebuild->hosts : std::vector<std::string>()),
      clock_(clock) {
  summary_.max_age_us = rules_.max_age_us;
  summary_.on_stale = rules_.on_stale;
}

bool Staleness::meets_stale(const Playback& playback) {
  if (rules_.max_age_us == 0) return false;
  const std::int64_t age_us = clock_.utc_us() - playback.recorded_utc_us;
  if (age_us <= rules_.max_age_us) return false;
  {
    const std::lock_guard lock(mutex_);
    if (met_.size() <= playback.n) met_.resize(playback.n + 1);
    if (met_[playback.n]) return true;
    met_[playback.n] = true;
    ++summary_.stale;
    if (summary_.numbers.size() < kMostNumbers) summary_.numbers.push_back(playback.n);
    if (age_us > summary_.oldest_age_us) {
      summary_.oldest_age_us = age_us;
      summary_.oldest_n = playback.n;
    }
  }
  if (on_warning_ && rules_.on_stale == OnStale::kWarn) on_warning_(told(playback.n, age_us, rules_.max_age_us));
  return true;
}

void Staleness::note_rebuild(const Playback& playback, const RedactedRequest& request) {
  if (playback.recorded_utc_us >= rebuild_utc_us_ || !rebuilt_.holds(request.origin.host)) return;
  before_rebuild_.fetch_add(1, std::memory_order_relaxed);
}

std::variant<Hit, NoAnswer> Staleness::answer(Player& player, const RedactedRequest& request, const LinkMap* links) {
  std::optional<std::uint64_t> first, last;
  std::int64_t last_utc_us = 0;
  for (;;) {
    auto answer = player.answer(request, links);
    const auto* hit = std::get_if<Hit>(&answer);
    if (hit == nullptr && !first) return answer;
    if (hit != nullptr && (!meets_stale(*hit->playback) || rules_.on_stale == OnStale::kWarn)) {
      note_rebuild(*hit->playback, request);
      return answer;
    }
    // Every recording of this request was met when nothing more comes, or one for the second time (--on-end).
    if (hit == nullptr || hit->playback->n == first || hit->playback->n == last) break;
    last = hit->playback->n;
    last_utc_us = hit->playback->recorded_utc_us;
    if (!first) first = last;
  }
  return NoAnswer{told(*last, clock_.utc_us() - last_utc_us, rules_.max_age_us), rules_.on_stale == OnStale::kFail};
}

AgeSummary Staleness::summary() const {
  const std::lock_guard lock(mutex_);
  AgeSummary out = summary_;
  out.before_rebuild = before_rebuild_.load();
  out.rebuild_utc_us = rebuild_utc_us_;
  return out;
}

}  // namespace cvr::engine
