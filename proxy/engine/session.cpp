#include "engine/session.h"

#include <algorithm>

#include "engine/masked.h"

namespace cvr::engine {
namespace {

constexpr std::size_t kMostMissReports = 100;
constexpr std::size_t kMostUnusedListed = 1000;
constexpr std::size_t kMostLoosenedListed = 100;
constexpr std::size_t kMostSetups = 1000;

http::Request mapped(const http::Request& request, const LinkMap& links) {
  http::Request out = request;
  map_back(out, links);
  return out;
}

}  // namespace

Session::Session(SessionParts parts)
    : name_(std::move(parts.name)),
      cassette_(std::move(parts.cassette)),
      redactor_(std::move(parts.redactor)),
      faults_(std::move(parts.faults)),
      staleness_(std::move(parts.staleness)) {
  take({parts.mode, std::move(parts.player), std::move(parts.recorder), std::move(parts.absence), parts.asked});
}

Session::~Session() = default;

// Under the mutex, or before anybody else knows the session.
void Session::take(Setup setup) {
  CVR_CHECK(!facts_of(setup.mode).looks_up || setup.player != nullptr);
  CVR_CHECK(!facts_of(setup.mode).records || setup.recorder != nullptr);
  const bool is_new = setup.player != nullptr && (setups_.empty() || setups_.back()->player != setup.player);
  // What a replayed answer hands out stands for itself when the client sends it back.
  if (is_new && redactor_ != nullptr) {
    setup.player->on_play([redactor = redactor_](const RedactedParts& played) { redactor->adopt(played); });
  }
  setups_.push_back(std::make_unique<const Setup>(std::move(setup)));
  now_.store(setups_.back().get(), std::memory_order_release);
}

Result<void> Session::switch_to(Setup setup) {
  const std::lock_guard lock(mutex_);
  if (setups_.size() >= kMostSetups) {
    return fail(ErrorCode::kLimit, "this session has changed its mode " + std::to_string(kMostSetups) +
                                       " times; eject it and begin another");
  }
  const Setup& before = *setups_.back();
  if (setup.recorder == nullptr) setup.recorder = before.recorder;
  if (setup.player == nullptr) {
    setup.player = before.player;
    setup.absence = before.absence;
  }
  take(std::move(setup));
  return {};
}

void Session::rewind() {
  if (const auto& player = now().player) player->rewind();
}

// Redacted by the rules of the record.  Its links lead to the upstream there (net/forward.cpp), so they do here.
RedactedRequest Session::comparable(const http::Request& request, const LinkMap* links, Redactor::Known known) const {
  if (links == nullptr) return redactor_->redact_request(request, known);
  return redactor_->redact_request(mapped(request, *links), known);
}

Decision Session::decide(const Setup& setup, const http::Request& request, const LinkMap* links) {
  const ModeFacts& facts = facts_of(setup.mode);
  if (!facts.looks_up) return Forward{facts.records};
  if (faults_ != nullptr) {
    if (auto faulted = faults_->instead(request.method, request.path)) {
      redactor_->learn(request);
      return std::move(*faulted);
    }
  }
  RedactedRequest redacted = comparable(request, links, Redactor::Known::kOwn);
  auto answer = look_up(setup, redacted, links);
  if (const auto* none = std::get_if<NoAnswer>(&answer); none != nullptr && redactor_->is_beside()) {
    // What others have taught was known while it was recorded, or is to be kept out of a report.  A look has its price:
    // it uses up what is played once.
    RedactedRequest all = comparable(request, links, Redactor::Known::kAll);
    const bool again = !none->is_final && all != redacted;
    redacted = std::move(all);
    if (again) answer = look_up(setup, redacted, links);
  }
  if (std::holds_alternative<NoAnswer>(answer)) {
    if (facts.forwards && !std::get<NoAnswer>(answer).is_final) return Forward{facts.records};
    if (auto hit = guess(setup, request, redacted, links)) answer = *std::move(hit);
  }
  if (auto* hit = std::get_if<Hit>(&answer)) {
    hits_.fetch_add(1, std::memory_order_relaxed);
    if (hit->loosened) note_loosened(masked(*hit->loosened, *setup.player, *redactor_));
    if (faults_ != nullptr) {
      const Playback& playback = *hit->playback;
      hit->mishap = faults_->upon(request.method, request.path, playback.bodiless ? 0 : playback.body.size());
    }
    return std::move(*hit);
  }
  // Only now: what is forwarded needs no explanation, and that costs up to a thousand decoded records.
  std::string reason = setup.absence.empty() ? std::move(std::get<NoAnswer>(answer).reason) : setup.absence;
  Miss miss{masked(setup.player->explain(redacted, std::move(reason)), *setup.player, *redactor_)};
  misses_.fetch_add(1, std::memory_order_relaxed);
  {
    const std::lock_guard lock(mutex_);
    if (miss_reports_.size() < kMostMissReports) miss_reports_.push_back(miss.report);
  }
  if (on_miss_) on_miss_(miss.report);
  return miss;
}

std::variant<Hit, NoAnswer> Session::look_up(const Setup& setup, const RedactedRequest& redacted,
                                             const LinkMap* links) {
  if (staleness_ == nullptr) return setup.player->answer(redacted, links);
  return staleness_->answer(*setup.player, redacted, links);
}

// A secret of the path was recorded as a pseudonym; a client without it sends a dummy that nothing gives away.  What
// such a guess finds is told as a looser match.
std::optional<Hit> Session::guess(const Setup& setup, const http::Request& request, const RedactedRequest& redacted,
                                  const LinkMap* links) {
  for (const RedactedRequest& guess :
       redactor_->guesses(links != nullptr ? mapped(request, *links) : request, redacted)) {
    auto answer = look_up(setup, guess, links);
    auto* hit = std::get_if<Hit>(&answer);
    if (hit == nullptr) continue;
    hit->loosened = setup.player->compared(redacted, hit->playback->n, Player::By::kAllRules);
    return std::move(*hit);
  }
  return std::nullopt;
}

void Session::note_loosened(const match::Nearest& hit) {
  loosened_.fetch_add(1, std::memory_order_relaxed);
  const std::lock_guard lock(mutex_);
  const bool known = std::ranges::any_of(loosened_list_, [&](const match::Nearest& other) { return other.n == hit.n; });
  if (!known && loosened_list_.size() < kMostLoosenedListed) loosened_list_.push_back(hit);
}

void Session::finished(const Interaction& raw, bool record) {
  forwarded_.fetch_add(1, std::memory_order_relaxed);
  if (raw.failure) failures_.fetch_add(1, std::memory_order_relaxed);
  const auto& recorder = now().recorder;
  if (!record || recorder == nullptr) return;
  // A failed append is counted by the writer and reported at the end: traffic goes on.
  if (recorder->record(raw)) recorded_.fetch_add(1, std::memory_order_relaxed);
  tell_warnings();
}

void Session::tell_warnings() const {
  if (redactor_ == nullptr) return;
  for (std::string& warning : redactor_->take_warnings()) {
    if (on_warning_) on_warning_(warning);
    const std::lock_guard lock(mutex_);
    warnings_.push_back(std::move(warning));
  }
}

bool Session::warn_once(const std::string& key, const std::string& text) {
  constexpr std::size_t kMost = 100;
  const std::lock_guard lock(mutex_);
  if (warned_.size() >= kMost || !warned_.insert(key).second) return false;
  warnings_.push_back(shown(text));
  return true;
}

std::string Session::shown(std::string_view text) const {
  return redactor_ == nullptr ? std::string(text) : cvr::shown(*redactor_, text);
}

http::Response Session::shown(http::Response problem) const {
  problem.reason = shown(problem.reason);
  problem.body = shown(problem.body);
  return problem;
}

void Session::lose(const std::string& reason) {
  if (const auto& recorder = now().recorder) recorder->lose(reason);
}

void Session::note(const cassette::Refusal& refusal) {
  const Setup& setup = now();
  if (!facts_of(setup.mode).records || setup.recorder == nullptr) return;
  if (noted_.fetch_add(1, std::memory_order_relaxed) >= cassette::kMostRefusals) return;
  setup.recorder->note(refusal);
}

Summary Session::summary(With with) const {
  const Setup& setup = now();
  Summary out;
  out.name = name_;
  out.mode = std::string(to_string(setup.mode));
  if (setup.wish() != setup.mode) out.asked = std::string(to_string(setup.wish()));
  out.hits = hits_.load();
  out.misses = misses_.load();
  out.forwarded = forwarded_.load();
  out.recorded = recorded_.load();
  out.failures = failures_.load();
  out.refused = refused_.load();
  out.loosened = loosened_.load();
  out.cut = cut_.load();
  out.lost = lost();
  if (setup.recorder != nullptr) out.purged = setup.recorder->purged();
  if (setup.recorder != nullptr) out.left_out = setup.recorder->left_out();
  if (setup.recorder != nullptr && out.lost > 0) out.lost_reason = setup.recorder->writer().last_error();
  if (setup.player != nullptr) out.unused = setup.player->unused();
  if (faults_ != nullptr) {
    out.faults = faults_->counts();
    out.fault_seed = faults_->seed();
  }
  if (staleness_ != nullptr) out.ages = staleness_->summary();
  if (with == With::kCounts) return out;
  if (setup.player != nullptr) out.unused_list = setup.player->list_unused(kMostUnusedListed);
  for (Player::Unused& unused : out.unused_list) {
    if (redactor_ != nullptr) unused = masked(std::move(unused), *redactor_);
  }
  tell_warnings();
  const std::lock_guard lock(mutex_);
  out.discarded = discarded_;
  out.warnings = warnings_;
  out.miss_reports = miss_reports_;
  out.loosened_list = loosened_list_;
  return out;
}

std::uint64_t Session::lost() const {
  const auto& recorder = now().recorder;
  return recorder == nullptr ? 0 : recorder->writer().lost();
}

bool Session::failed() const { return misses_.load() > 0 || lost() > 0; }

Result<void> Session::discard() {
  const auto& recorder = now().recorder;
  if (recorder == nullptr) return {};
  auto done = recorder->writer().discard();
  const std::lock_guard lock(mutex_);
  discarded_ = done.has_value();
  return done;
}

Result<void> Session::close() {
  const auto& recorder = now().recorder;
  if (recorder == nullptr || is_discarded()) return {};
  // As if there had been no session: `once` would take an empty file for a recording.
  const bool is_empty = recorder->writer().count() == 0 && recorder->writer().lost() == 0;
  if (is_empty && now().wish() != Mode::kAll) return recorder->writer().discard();
  auto closed = recorder->close();
  // Connections that are idle keep the session, not its cassette.
  recorder->writer().let_go();
  return closed;
}

}  // namespace cvr::engine
