// A session: a mode, the cassettes it plays and the one it records to, and what happened so far.
// One exists for the command line's -c; parallel tests will have one each.
//
// Threads: all methods may be called from several shards.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "cvr/redactor.h"
#include "engine/mode.h"
#include "engine/player.h"
#include "engine/recorder.h"

namespace cvr::engine {

// What an ended (or running) session has to say.
struct Summary {
  std::string name;
  std::string mode;
  std::uint64_t hits = 0, misses = 0, unused = 0;
  std::uint64_t forwarded = 0, recorded = 0, lost = 0, failures = 0, refused = 0, cut = 0;
  std::uint64_t loosened = 0;                 // hits that only a rule of [match] made
  std::vector<match::Nearest> loosened_list;  // their recordings and what differed, each once; at most 100
  std::uint64_t purged = 0;                   // records redacted again at the end, since a secret was learned late
  std::string lost_reason;
  std::vector<match::MissReport> miss_reports;  // at most 100
  std::vector<Player::Unused> unused_list;      // at most 1000
  std::vector<std::string> warnings;
};

// What to do with one request (the engine's decisions, made without I/O).
struct Forward {
  bool record = false;
};
struct Miss {
  match::MissReport report;
};
using Decision = std::variant<Hit, Forward, Miss>;

struct SessionParts {
  std::string name;  // empty: the command line's
  Mode mode = Mode::kNone;
  std::shared_ptr<const Redactor> redactor;
  std::unique_ptr<Player> player;      // when the mode looks up
  std::unique_ptr<Recorder> recorder;  // when the mode records
};

class Session {
 public:
  explicit Session(SessionParts parts);

  // Told of each refused miss, from any thread.  Set before the proxy starts.
  void on_miss(std::function<void(const match::MissReport&)> callback) { on_miss_ = std::move(callback); }

  const std::string& name() const { return parts_.name; }
  const ModeFacts& mode() const { return facts_of(parts_.mode); }

  // `request` whole, with its body.  Modes that do not look up answer Forward for any request.
  Decision decide(const http::Request& request, const LinkMap* links);

  // After a forwarded exchange.  Append rule: returns when the interaction is on record.
  void finished(const Interaction& raw, bool record);

  // A forwarded exchange that was to be recorded and is not: a gap.
  void lose(const std::string& reason);
  // Cut off before an answer by the end of --grace: neither a failure of the upstream nor a gap.
  void count_cut() { cut_.fetch_add(1, std::memory_order_relaxed); }

  void count_refused() { refused_.fetch_add(1, std::memory_order_relaxed); }

  Summary summary() const;
  Result<void> close();  // seals the cassette
  bool failed() const;   // a miss, or something was lost: what makes exit codes 1 and 3

  std::uint64_t lost() const;

 private:
  void note_loosened(const match::Nearest& hit);
  std::optional<Hit> guess(const RedactedRequest& redacted, const LinkMap* links);
  RedactedRequest comparable(const http::Request& request, const LinkMap* links) const;

  SessionParts parts_;
  std::function<void(const match::MissReport&)> on_miss_;
  std::atomic<std::uint64_t> hits_{0}, misses_{0}, loosened_{0}, forwarded_{0}, recorded_{0}, failures_{0}, refused_{0},
      cut_{0};
  mutable std::mutex mutex_;  // guards the three below
  std::vector<match::MissReport> miss_reports_;
  std::vector<match::Nearest> loosened_list_;
  mutable std::vector<std::string> warnings_;  // the redactor tells each once
};

}  // namespace cvr::engine
