// A session: a mode, the cassettes it plays and the one it records to, and what happened so far.
// One exists for the command line's -c; parallel tests have one each (engine/sessions.h).
//
// The mode may change while requests run: a request takes the setup of its time once (`now`) and is
// decided by that alone.  Setups are kept until the session ends, so that nothing is counted on the
// way of a replayed request.
//
// Threads: all methods may be called from several shards.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "cvr/redactor.h"
#include "engine/faults.h"
#include "engine/mode.h"
#include "engine/player.h"
#include "engine/recorder.h"
#include "engine/staleness.h"

namespace cvr::engine {

// What an ended (or running) session has to say.
struct Summary {
  std::string name;
  std::string mode;   // what decides requests
  std::string asked;  // what was asked for, when that had to be resolved: once; else empty
  std::uint64_t hits = 0, misses = 0, unused = 0;
  std::uint64_t forwarded = 0, recorded = 0, lost = 0, failures = 0, refused = 0, cut = 0;
  std::uint64_t loosened = 0;                     // hits by a rule of [match], or with a dummy for a secret
  std::vector<match::Nearest> loosened_list;      // their recordings and what differed, each once; at most 100
  std::map<std::string, std::uint64_t> left_out;  // answers recorded without their body, by reason
  std::uint64_t purged = 0;                       // records redacted again at the end, since a secret was learned late
  std::string lost_reason;
  std::vector<match::MissReport> miss_reports;  // at most 100
  std::vector<Player::Unused> unused_list;      // at most 1000
  std::vector<std::string> warnings;
  std::vector<FaultCount> faults;  // those that were asked for
  std::uint64_t fault_seed = 0;
  std::optional<AgeSummary> ages;
  bool discarded = false;  // what this run recorded
};

// What to do with one request (the engine's decisions, made without I/O).
struct Forward {
  bool record = false;
};
struct Miss {
  match::MissReport report;
};
using Decision = std::variant<Hit, Forward, Miss, Faulted>;

struct SessionParts {
  std::string name;      // as the control API calls it
  std::string cassette;  // the file it records to and plays; for people
  std::string absence;   // why there is nothing to play, when that needs words; stands in every miss
  Mode mode = Mode::kNone;
  std::optional<Mode> asked;  // as in Setup
  std::shared_ptr<const Redactor> redactor;
  std::unique_ptr<Player> player;        // when the mode looks up
  std::unique_ptr<Recorder> recorder;    // when the mode records
  std::unique_ptr<Faults> faults;        // null: none; only looked-up requests have any
  std::unique_ptr<Staleness> staleness;  // null: recordings do not age
};

// What a request is decided by.
struct Setup {
  Mode mode = Mode::kNone;
  std::shared_ptr<Player> player;      // when the mode looks up
  std::shared_ptr<Recorder> recorder;  // when the mode records, or has recorded
  std::string absence;                 // as in SessionParts
  // What was asked for, where that had to be resolved (`once`).
  std::optional<Mode> asked = std::nullopt;

  Mode wish() const { return asked.value_or(mode); }
};

class Session {
 public:
  explicit Session(SessionParts parts);
  ~Session();

  // Told of each refused miss, from any thread.  Set before the proxy starts.
  void on_miss(std::function<void(const match::MissReport&)> callback) { on_miss_ = std::move(callback); }

  // Told of each stale recording once, likewise.
  void on_stale(std::function<void(const std::string&)> callback) {
    if (staleness_ != nullptr) staleness_->on_warning(std::move(callback));
  }

  // Told of each credential that can not be looked for everywhere (too short, an ordinary word) once, without its
  // value.
  void on_warning(std::function<void(const std::string&)> callback) { on_warning_ = std::move(callback); }

  const std::string& name() const { return name_; }
  const std::string& cassette() const { return cassette_; }
  const std::shared_ptr<const Redactor>& redactor() const { return redactor_; }

  // The setup of this moment; lives as long as the session.
  const Setup& now() const { return *now_.load(std::memory_order_acquire); }
  const ModeFacts& mode() const { return facts_of(now().mode); }

  // Another mode from the next request on.  A recorder stays: what is under way is recorded still.  So does a
  // player, which keeps its position for a mode that plays again.
  // kLimit: switched too often (each setup is kept).
  Result<void> switch_to(Setup setup);
  // What is played begins anew, and counts as unused again.
  void rewind();

  // `request` whole, with its body.  Modes that do not look up answer Forward for any request.
  Decision decide(const Setup& setup, const http::Request& request, const LinkMap* links);
  Decision decide(const http::Request& request, const LinkMap* links) { return decide(now(), request, links); }

  // After a forwarded exchange.  Append rule: returns when the interaction is on record.
  void finished(const Interaction& raw, bool record);

  // A forwarded exchange that was to be recorded and is not: a gap.
  void lose(const std::string& reason);
  // A client that was not heard, when this session records; at most kMostRefusals.
  void note(const cassette::Refusal& refusal);
  // Cut off before an answer by the end of --grace: neither a failure of the upstream nor a gap.
  void count_cut() { cut_.fetch_add(1, std::memory_order_relaxed); }

  // For the summary, at most a hundred, each `key` once.  Answers whether it is new.
  bool warn_once(const std::string& key, const std::string& text);

  // A text for people, without what this session knows as secret.
  std::string shown(std::string_view text) const;
  http::Response shown(http::Response problem) const;

  void count_refused() { refused_.fetch_add(1, std::memory_order_relaxed); }

  // Exchanges that will be recorded: who ends a session waits for them.
  void begin_recording() { recording_.fetch_add(1, std::memory_order_relaxed); }
  void end_recording() { recording_.fetch_sub(1, std::memory_order_release); }
  bool is_recording() const { return recording_.load(std::memory_order_acquire) > 0; }

  // Listing what is unused decodes records: only where somebody reads the list.
  enum class With : std::uint8_t { kCounts, kLists };
  Summary summary(With with = With::kLists) const;
  // Seals the cassette.  One in which nothing is recorded is undone, unless `all` was asked for.
  Result<void> close();
  // Instead of close: the cassette becomes what it was before this session.
  Result<void> discard();
  // After `close` for good: connections look for a session of its name anew.
  void end() { ended_.store(true, std::memory_order_release); }
  bool has_ended() const { return ended_.load(std::memory_order_acquire); }
  bool failed() const;  // a miss, or something was lost: what makes exit codes 1 and 3

  std::uint64_t lost() const;

 private:
  void tell_warnings() const;
  void note_loosened(const match::Nearest& hit);
  std::variant<Hit, NoAnswer> look_up(const Setup& setup, const RedactedRequest& redacted, const LinkMap* links);
  std::optional<Hit> guess(const Setup& setup, const http::Request& request, const RedactedRequest& redacted,
                           const LinkMap* links);
  RedactedRequest comparable(const http::Request& request, const LinkMap* links, Redactor::Known known) const;

  void take(Setup setup);
  bool is_discarded() const {
    const std::lock_guard lock(mutex_);
    return discarded_;
  }

  const std::string name_, cassette_;
  const std::shared_ptr<const Redactor> redactor_;
  const std::unique_ptr<Faults> faults_;
  const std::unique_ptr<Staleness> staleness_;
  std::atomic<const Setup*> now_{nullptr};
  std::atomic<int> recording_{0};
  std::atomic<std::uint64_t> noted_{0};
  std::atomic<bool> ended_{false};
  std::function<void(const match::MissReport&)> on_miss_;
  std::function<void(const std::string&)> on_warning_;
  std::atomic<std::uint64_t> hits_{0}, misses_{0}, loosened_{0}, forwarded_{0}, recorded_{0}, failures_{0}, refused_{0},
      cut_{0};
  mutable std::mutex mutex_;                          // guards what follows
  std::vector<std::unique_ptr<const Setup>> setups_;  // the last is `now_`
  bool discarded_ = false;
  std::vector<match::MissReport> miss_reports_;
  std::vector<match::Nearest> loosened_list_;
  mutable std::vector<std::string> warnings_;  // the redactor tells each once
  std::set<std::string, std::less<>> warned_;
};

}  // namespace cvr::engine
