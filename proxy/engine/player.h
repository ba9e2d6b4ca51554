// The player answers live requests from cassettes.  It holds the mapped files, the index over all
// of them, and the positions of one session.  No upstream is known here.
//
// Threads: `answer` may be called from several shards at once; what they share is immutable but for
// atomic positions and keys that are made when they are needed (route_lookup.h).  Answers are cached ready to send, up
// to a bound; beyond it they are made anew.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "cvr/cassette.h"
#include "cvr/matcher.h"
#include "cvr/result.h"
#include "engine/faults.h"
#include "engine/hints.h"
#include "engine/playback.h"
#include "engine/sequences.h"
#include "engine/zeroed.h"

namespace cvr::engine {

// A pointer that may or may not own: cached answers live as long as the player.
struct Hit {
  const Playback* playback = nullptr;
  std::shared_ptr<const Playback> owned;
  // Set when the request matched only since a rule of the user's left something out, or with a dummy in the place
  // of a secret: what was different.
  std::optional<match::Nearest> loosened;
  Mishap mishap;  // a fault that was asked for
};

// Why nothing answers.  Whoever is to be told asks `explain` for more: that looks around in the cassette.
struct NoAnswer {
  std::string reason;
  bool is_final = false;  // a miss also where misses are forwarded
};

class Player {
 public:
  // `links`: set in reverse mode.  `rules` must be the rules the live requests are keyed with.
  // `stateful`: see sequences.h.
  Player(std::vector<std::unique_ptr<cassette::Reader>> cassettes, match::MatchRules rules, OnEnd on_end,
         bool stateful = false);

  // Told of each recording before its answer goes out for the first time.  Set before the first request.
  void on_play(std::function<void(const RedactedParts&)> callback) { on_play_ = std::move(callback); }
  ~Player();
  Player(const Player&) = delete;
  Player& operator=(const Player&) = delete;

  std::variant<Hit, NoAnswer> answer(const RedactedRequest& request, const LinkMap* links);

  // How a request that #n answers differs from it, by the rules with or without the user's.
  enum class By : std::uint8_t { kAllRules, kStrictRules };
  std::optional<match::Nearest> compared(const RedactedRequest& request, std::uint64_t n, By rules) const;

  // A miss report for a request that was not answered, without taking a position.
  match::MissReport explain(const RedactedRequest& request, std::string reason) const;
  Result<RedactedInteraction> interaction(std::uint64_t index) const;  // from 0, in all cassettes; decodes

  std::uint64_t size() const { return base_.back(); }
  // Records that had to be read before the first request, since the cassettes do not tell what they hold.
  std::uint64_t read_at_start() const { return read_at_start_; }
  std::uint64_t unused() const { return sequences_.unused(); }
  struct Unused {
    std::uint64_t n;
    std::string method;
    std::string url;
  };
  std::vector<Unused> list_unused(std::size_t limit) const;
  void rewind() { sequences_.rewind(); }

 private:
  // Which cassette an index is of, and its place there.
  std::pair<const cassette::Reader*, std::uint64_t> locate(std::uint64_t index) const;
  Result<Hit> ready(std::uint32_t index, const LinkMap* links);
  bool has_looser_rules() const { return rules_.fingerprint != strict_rules_.fingerprint; }
  Likeness sameness_of(const RedactedRequest& request) const;
  Likeness of_recorded(std::uint64_t live, std::uint64_t (*of)(const RedactedRequest&, const match::MatchRules&)) const;
  // Good for as long as `request`.
  Deciders deciders(const RedactedRequest& request) const;
  std::optional<match::Nearest> looser(const RedactedRequest& request, const Playback& played, bool bound) const;
  MatchKey key(std::uint64_t index) const;
  const std::vector<std::uint32_t>* routes() const;
  Table make_table();
  std::optional<std::vector<std::uint32_t>> writes();

  std::function<void(const RedactedParts&)> on_play_;
  std::vector<std::unique_ptr<cassette::Reader>> cassettes_;
  std::vector<std::uint64_t> base_;  // first index of each cassette; one more at the end
  match::MatchRules rules_;
  match::MatchRules strict_rules_;  // without the user's
  OnEnd on_end_;
  bool stateful_;
  mutable std::vector<std::uint32_t> routes_;  // of the keys by `rules_`; empty until they are needed
  std::uint64_t read_at_start_ = 0;
  Sequences sequences_;
  Zeroed<const Playback*> ready_;  // by index
  std::atomic<std::uint64_t> ready_bytes_{0};
  mutable std::mutex mutex_;                           // guards kept_, and routes_ until they are there
  std::vector<std::shared_ptr<const Playback>> kept_;  // what `ready_` leads to
};

// URL of a redacted request, for people.
std::string url_of(const RedactedRequest& request);

}  // namespace cvr::engine
