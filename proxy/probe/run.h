// One run of a plan: step by step, at most one call a second, to a table of what was expected and what came.
// Pure: the network, the record, clock and entropy are the World's.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cvr/interaction.h"
#include "cvr/system.h"
#include "diagnose/answer.h"
#include "probe/credentials.h"
#include "profiles/diagnosis.h"
#include "profiles/plan.h"

namespace cvr::probe {

// What a call came to.  Fields and body are as they came: they may hold secrets and go no further than the
// run.  Codes and titles are those of the redacted record.
struct Answer {
  int status = 0;  // 0: none
  std::optional<Failure> failure;
  diagnose::AnswerErrors errors;
  http::Fields fields;
  std::string body;
  std::int64_t sent_utc_us = 0, took_us = 0;
  std::uint64_t n = 0;  // on record; 0: it is not
  std::string refused;  // by CVR's policy: nothing was sent
  bool cut = false;     // since CVR was told to end
};

// What the way to the vendor looks like.
struct Way {
  std::vector<std::string> addresses;
  std::string issuer, version;  // of TLS
  std::int64_t not_after_utc_s = 0;
  std::optional<Failure> failure;
  std::uint64_t n = 0;  // a failure is on record, too
  std::string refused;
  bool cut = false;
};

struct Row {
  enum class Outcome : std::uint8_t { kPass, kFail, kSkipped, kNotRun };
  std::string step, expected, got, code, meaning;
  Outcome outcome = Outcome::kPass;
  std::uint64_t n = 0;  // in the cassette; 0: nothing of it is there
};
std::string_view to_string(Row::Outcome outcome);  // pass fail skipped not-run

// As what a call stands on record.
struct Tag {
  std::string step;
  bool control = false;  // of the plan's
  bool trial = false;    // a control when it is refused: nobody has said that it would work
};

class World {
 public:
  virtual ~World() = default;
  virtual Answer call(http::Request request, const Tag& tag) = 0;
  virtual Way look_up(const http::Origin& origin, const std::string& step) = 0;
  virtual Way greet(const http::Origin& origin, const std::string& step) = 0;
  virtual bool wait_ms(std::int64_t ms) = 0;  // false: CVR was told to end
  virtual void show(const Row& row) = 0;      // as soon as it is known
  virtual const Clock& clock() const = 0;
  virtual Entropy& entropy() = 0;
};

struct Report {
  std::vector<Row> rows;
  std::string stopped;                 // why not all of it was run; empty: it was
  std::optional<std::int64_t> wait_s;  // the vendor asks for it (429, 503)
  bool ended = false;                  // CVR was told to end
  bool reached = false;                // the vendor has answered, with less than a server error at the end
  bool needs_method = false;           // the plan has ways to authenticate
  std::string accepted;                // the first method that works; empty: none does

  std::size_t count(Row::Outcome outcome) const;
  // All that was tried is as expected, and some method works if the plan has any.
  bool passed() const;
};

inline constexpr std::int64_t kLeastPauseMs = 1'000;  // between the starts of two calls

struct RunOptions {
  bool write = false;
};

// What must not change while it runs, together.
struct Task {
  const profiles::Plan& plan;
  const Credentials& credentials;
  const profiles::Diagnosis& vendor;
  RunOptions options;
};

Report run(const Task& task, World& world);

// Whether nobody has said by which of its methods a secret goes.
bool is_trial(const profiles::PlanMethod& method, const Credentials& credentials);
// Why a way to authenticate can not be tried, as Credentials::obstacle; empty: it can.
std::string obstacle_of(const profiles::PlanMethod& method, const Credentials& credentials);
// The first method and its obstacle when none of the plan's can be tried; empty: one can, or the plan has none.
std::string why_no_method(const profiles::Plan& plan, const Credentials& credentials);

}  // namespace cvr::probe
