#include "engine/sessions.h"

#include <algorithm>

namespace cvr::engine {
namespace {

constexpr std::size_t kMostNameBytes = 100;
constexpr std::size_t kMostEndedKept = 10'000;

bool begins_a_name(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

void add_counts(Summary& to, const Summary& from) {
  to.hits += from.hits;
  to.misses += from.misses;
  to.unused += from.unused;
  to.forwarded += from.forwarded;
  to.recorded += from.recorded;
  to.lost += from.lost;
  to.failures += from.failures;
  to.refused += from.refused;
  to.cut += from.cut;
  to.purged += from.purged;
  to.loosened += from.loosened;
}

}  // namespace

bool is_session_name(std::string_view name) {
  if (name.empty() || name.size() > kMostNameBytes || !begins_a_name(name[0])) return false;
  return std::ranges::all_of(name, [](char c) { return begins_a_name(c) || c == '.' || c == '_' || c == '-'; });
}

Sessions::Sessions(std::shared_ptr<Session> unnamed, SessionsOptions options)
    : unnamed_(std::move(unnamed)), options_(std::move(options)) {
  if (unnamed_ == nullptr) return;
  const auto entry = std::make_shared<Entry>();
  entry->session.store(unnamed_);
  entries_.emplace(by_user() ? kUnnamedSession : kDefaultSession, entry);
}

Sessions::Sessions(const std::shared_ptr<Session>& only)
    : Sessions(only,
               SessionsOptions{.forwards = only->mode().forwards, .maker = nullptr, .redactor = only->redactor()}) {}

std::shared_ptr<Sessions::Entry> Sessions::known(const std::string& name) const {
  const std::shared_lock lock(map_mutex_);
  const auto found = entries_.find(name);
  return found == entries_.end() ? nullptr : found->second;
}

Result<std::shared_ptr<Sessions::Entry>> Sessions::entry_of(const std::string& name) {
  if (auto found = known(name)) return found;
  const std::lock_guard lock(map_mutex_);
  if (const auto found = entries_.find(name); found != entries_.end()) return found->second;
  if (entries_.size() >= options_.most) {
    return fail(ErrorCode::kLimit, "there are " + std::to_string(options_.most) +
                                       " sessions already; eject those that have ended (POST .../eject)");
  }
  return entries_.emplace(name, std::make_shared<Entry>()).first->second;
}

// With the entry's mutex held: who waits for it looks anew then.
void Sessions::forget(const std::string& name, Entry& entry) {
  entry.gone = true;
  const std::lock_guard lock(map_mutex_);
  entries_.erase(name);
}

Result<void> Sessions::fill(Entry& entry, const std::string& name, const Wish& wish) {
  Result<std::shared_ptr<Session>> opened = options_.maker != nullptr
                                                ? options_.maker->open(name, wish)
                                                : fail(ErrorCode::kUsage, "this proxy has one session for everybody");
  if (!opened) {
    forget(name, entry);
    return std::unexpected(opened.error());
  }
  entry.session.store(std::move(*opened));
  return {};
}

Result<std::shared_ptr<Session>> Sessions::get(const std::string& name, const Wish& wish) {
  CVR_CHECK(is_session_name(name));
  for (;;) {
    auto entry = entry_of(name);
    if (!entry) return std::unexpected(entry.error());
    const std::lock_guard lock((*entry)->mutex);
    if ((*entry)->gone) continue;
    if ((*entry)->session.load() == nullptr) {
      if (auto filled = fill(**entry, name, wish); !filled) return std::unexpected(filled.error());
    }
    return (*entry)->session.load();
  }
}

Result<void> Sessions::adjust(Session& session, const Wish& wish) {
  if (options_.maker == nullptr) return fail(ErrorCode::kUsage, "the mode of this proxy is fixed");
  if (!options_.maker->agrees(session, wish)) {
    return fail(ErrorCode::kUsage, "the session has another cassette (" + session.cassette() + "); eject it first");
  }
  if (!wish.mode) return {};
  // PUT is idempotent.  A cassette that was not there may be there by now.
  if (*wish.mode == session.now().wish() && session.now().absence.empty()) return {};
  if (facts_of(*wish.mode).forwards && !options_.forwards) {
    return fail(ErrorCode::kUsage, "this proxy was started to replay only: it can not reach an upstream");
  }
  auto setup = options_.maker->prepare(session, *wish.mode);
  if (!setup) return std::unexpected(setup.error());
  return session.switch_to(std::move(*setup));
}

Result<std::shared_ptr<Session>> Sessions::configure(const std::string& name, const Wish& wish) {
  CVR_CHECK(admits(name));
  if (name == kUnnamedSession && unnamed_ == nullptr) {
    return fail(ErrorCode::kNotFound, "there is no session without a name: cvr proxy -c FILE has one");
  }
  if (!options_.by_user && name != kDefaultSession) {
    return fail(ErrorCode::kUsage, "this proxy has one session, \"default\"; `cvr proxy` opens them by name");
  }
  for (;;) {
    auto entry = entry_of(name);
    if (!entry) return std::unexpected(entry.error());
    const std::lock_guard lock((*entry)->mutex);
    if ((*entry)->gone) continue;
    if (const auto running = (*entry)->session.load()) {
      if (auto adjusted = adjust(*running, wish); !adjusted) return std::unexpected(adjusted.error());
    } else if (auto filled = fill(**entry, name, wish); !filled) {
      return std::unexpected(filled.error());
    }
    return (*entry)->session.load();
  }
}

std::shared_ptr<Session> Sessions::find(const std::string& name) const {
  const auto entry = known(name);
  return entry == nullptr ? nullptr : entry->session.load();
}

std::vector<std::shared_ptr<Session>> Sessions::list(std::size_t limit) const {
  std::vector<std::shared_ptr<Session>> out;
  const std::shared_lock lock(map_mutex_);
  for (const auto& [name, entry] : entries_) {
    if (out.size() >= limit) break;
    if (auto session = entry->session.load()) out.push_back(std::move(session));
  }
  return out;
}

std::size_t Sessions::size() const {
  const std::shared_lock lock(map_mutex_);
  return entries_.size();
}

std::vector<std::shared_ptr<Sessions::Entry>> Sessions::entries() const {
  std::vector<std::shared_ptr<Entry>> out;
  const std::shared_lock lock(map_mutex_);
  for (const auto& [name, entry] : entries_) out.push_back(entry);
  return out;
}

// First of all no request goes to it any more; who comes now waits for the seal, and gets another.
Ended Sessions::end(Entry& entry, Keep keep) {
  const auto session = entry.session.load();
  session->end();
  Result<void> sealed;
  if (keep == Keep::kNothing) sealed = session->discard();
  if (auto closed = session->close(); sealed) sealed = std::move(closed);
  Ended out{session->summary(), session->cassette(), std::move(sealed)};
  const std::lock_guard lock(ended_mutex_);
  add_counts(past_, out.summary);
  entry.counted = true;
  return out;
}

Result<Ended> Sessions::eject(const std::string& name, Keep keep) {
  const auto entry = known(name);
  if (entry == nullptr) return fail(ErrorCode::kNotFound, "there is no session of that name");
  const std::lock_guard lock(entry->mutex);
  const auto session = entry->session.load();
  if (entry->gone || session == nullptr) return fail(ErrorCode::kNotFound, "there is no session of that name");
  if (session == unnamed_) return fail(ErrorCode::kUsage, "the session of -c ends with the proxy");
  Ended ended = end(*entry, keep);
  entry->session.store(nullptr);
  forget(name, *entry);
  const std::lock_guard ended_lock(ended_mutex_);
  if (ended_.size() < kMostEndedKept) {
    ended_.push_back(ended);
    ended_.back().summary.miss_reports.clear();
  }
  return ended;
}

std::vector<Ended> Sessions::close_all(const std::function<Keep(const Session&)>& keep) {
  std::vector<Ended> all;
  {
    const std::lock_guard lock(ended_mutex_);
    all = ended_;
  }
  for (const auto& entry : entries()) {
    const std::lock_guard lock(entry->mutex);
    if (const auto session = entry->session.load()) all.push_back(end(*entry, keep ? keep(*session) : Keep::kAll));
  }
  return all;
}

Summary Sessions::totals() const {
  const std::lock_guard lock(ended_mutex_);
  Summary out;
  add_counts(out, past_);
  for (const auto& entry : entries()) {
    const auto session = entry->session.load();
    if (session != nullptr && !entry->counted) add_counts(out, session->summary(Session::With::kCounts));
  }
  return out;
}

}  // namespace cvr::engine
