#include "engine/session.h"

#include <algorithm>

namespace cvr::engine {
namespace {

constexpr std::size_t kMostMissReports = 100;
constexpr std::size_t kMostUnusedListed = 1000;
constexpr std::size_t kMostLoosenedListed = 100;

}  // namespace

Session::Session(SessionParts parts) : parts_(std::move(parts)) {
  CVR_CHECK(!mode().looks_up || parts_.player != nullptr);
  CVR_CHECK(!mode().records || parts_.recorder != nullptr);
  // What a replayed answer hands out stands for itself when the client sends it back.
  if (parts_.player != nullptr && parts_.redactor != nullptr) {
    parts_.player->on_play([redactor = parts_.redactor](const RedactedParts& played) { redactor->adopt(played); });
  }
}

// Redacted by the rules of the record.  Its links lead to the upstream there (net/forward.cpp), so they do here.
RedactedRequest Session::comparable(const http::Request& request, const LinkMap* links) const {
  if (links == nullptr || !has_mappable_body(http::value_of(request.fields, "content-type"))) {
    return parts_.redactor->redact_request(request);
  }
  http::Request mapped = request;
  mapped.body = map_links(request.body, {links->to, links->from});
  return parts_.redactor->redact_request(mapped);
}

Decision Session::decide(const http::Request& request, const LinkMap* links) {
  const ModeFacts& facts = mode();
  if (!facts.looks_up) return Forward{facts.records};
  const RedactedRequest redacted = comparable(request, links);
  auto answer = parts_.player->answer(redacted, links);
  if (auto* hit = std::get_if<Hit>(&answer)) {
    hits_.fetch_add(1, std::memory_order_relaxed);
    if (hit->loosened) note_loosened(*hit->loosened);
    return std::move(*hit);
  }
  if (facts.forwards) return Forward{facts.records};
  if (auto hit = guess(redacted, links)) return *std::move(hit);
  // Only now: what is forwarded needs no explanation, and that costs up to a thousand decoded records.
  Miss miss{parts_.player->explain(redacted, std::move(std::get<NoAnswer>(answer).reason))};
  misses_.fetch_add(1, std::memory_order_relaxed);
  {
    const std::lock_guard lock(mutex_);
    if (miss_reports_.size() < kMostMissReports) miss_reports_.push_back(miss.report);
  }
  if (on_miss_) on_miss_(miss.report);
  return miss;
}

// A secret of the path was recorded as a pseudonym; a client without it sends a dummy that nothing gives away.
std::optional<Hit> Session::guess(const RedactedRequest& redacted, const LinkMap* links) {
  for (const RedactedRequest& guess : parts_.redactor->guesses(redacted)) {
    auto answer = parts_.player->answer(guess, links);
    auto* hit = std::get_if<Hit>(&answer);
    if (hit == nullptr) continue;
    hits_.fetch_add(1, std::memory_order_relaxed);
    if (hit->loosened) note_loosened(*hit->loosened);
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
  if (!record || parts_.recorder == nullptr) return;
  // A failed append is counted by the writer and reported at the end: traffic goes on.
  if (parts_.recorder->record(raw)) recorded_.fetch_add(1, std::memory_order_relaxed);
}

void Session::lose(const std::string& reason) {
  if (parts_.recorder != nullptr) parts_.recorder->writer().lose(reason);
}

Summary Session::summary() const {
  Summary out;
  out.name = parts_.name;
  out.mode = std::string(mode().word);
  out.hits = hits_.load();
  out.misses = misses_.load();
  out.forwarded = forwarded_.load();
  out.recorded = recorded_.load();
  out.failures = failures_.load();
  out.refused = refused_.load();
  out.loosened = loosened_.load();
  out.cut = cut_.load();
  out.lost = lost();
  if (parts_.recorder != nullptr) out.purged = parts_.recorder->purged();
  if (parts_.recorder != nullptr && out.lost > 0) out.lost_reason = parts_.recorder->writer().last_error();
  if (parts_.player != nullptr) {
    out.unused = parts_.player->unused();
    out.unused_list = parts_.player->list_unused(kMostUnusedListed);
  }
  const std::lock_guard lock(mutex_);
  if (parts_.redactor != nullptr) {
    for (std::string& warning : parts_.redactor->take_warnings()) warnings_.push_back(std::move(warning));
  }
  out.warnings = warnings_;
  out.miss_reports = miss_reports_;
  out.loosened_list = loosened_list_;
  return out;
}

std::uint64_t Session::lost() const { return parts_.recorder == nullptr ? 0 : parts_.recorder->writer().lost(); }

bool Session::failed() const { return misses_.load() > 0 || lost() > 0; }

Result<void> Session::close() {
  if (parts_.recorder == nullptr) return {};
  return parts_.recorder->close();
}

}  // namespace cvr::engine
