// Faults on demand in replay: `--fault 'METHOD PATH: ACTION...'`.
//
//   METHOD   a method, or * for any; compared as it is
//   PATH     of the request as it was sent, without the query, as in the routes of [match]: * stands for any
//            characters of a segment, ** for any at all; * alone is every path
//   ACTION   status=N [retry-after=S] | reset | truncate=BYTES   at most one of the three
//            delay=2s                                            alone, or beside one of them
//   WHEN     rate=0.3   of the matching requests, by the seed     after=N   not the first N
//            times=N    at most N times
//
// `status` and `reset` stand in the place of an answer: nothing is looked up, no recording is used, and
// they come for requests that were never recorded too.  `delay` and `truncate` change a recorded answer,
// which is used as it always is.  Of several faults the first that ends the answer decides; delays add up.
//
// Which request a fault hits depends on the seed, the fault's place and how many requests matched it
// before: the same run has the same faults.  Pure but for atomic counters; any thread.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cvr/result.h"
#include "engine/playback.h"

namespace cvr::engine {

struct Fault {
  std::string text;  // as it was given
  std::string method;
  std::string path;
  int status = 0;  // 0: another action
  std::optional<std::uint64_t> retry_after_s;
  bool reset = false;
  std::optional<std::uint64_t> truncate_bytes;
  std::int64_t delay_ms = 0;
  double rate = 1;
  std::uint64_t times = UINT64_MAX;
  std::uint64_t after = 0;
};

// Errors (kUsage): one line that names --fault, the text and what is allowed.
Result<Fault> parse_fault(std::string_view text);

// What stands in the place of an answer.
struct Faulted {
  int status = 0;  // 0: the connection is reset
  std::optional<std::uint64_t> retry_after_s;
  std::string text;  // the fault that did it
  std::int64_t delay_ms = 0;
};

// What happens to a recorded answer.
struct Mishap {
  std::int64_t delay_ms = 0;
  std::optional<std::uint64_t> truncate_bytes;
};

// What a fault has done so far.
struct FaultCount {
  std::string text;
  std::uint64_t matched = 0;  // requests it was for
  std::uint64_t fired = 0;
};

class Faults {
 public:
  Faults(std::vector<Fault> faults, std::uint64_t seed);

  // Asked before the cassette is.
  std::optional<Faulted> instead(std::string_view method, std::string_view path);
  // Asked when a recording answers.  A body of no more than BYTES is not cut: it matches, and that is no firing.
  Mishap upon(std::string_view method, std::string_view path, std::uint64_t body_bytes);

  std::vector<FaultCount> counts() const;
  std::uint64_t seed() const { return seed_; }

 private:
  struct Count {
    std::atomic<std::uint64_t> matched{0};
    std::atomic<std::uint64_t> fired{0};
  };
  bool fires(std::size_t index);

  const std::vector<Fault> faults_;
  const std::uint64_t seed_;
  std::unique_ptr<Count[]> counts_;
};

// The answer, cut behind `bytes` of its body: the announced length stays, the rest never comes.
Playback truncated(const Playback& playback, std::uint64_t bytes);

}  // namespace cvr::engine
