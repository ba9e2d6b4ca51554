// Answers that the scenario gives before anything else looks at a request: its [[force]] rules, and
// the outage.  Deterministic: rules count matching requests, the outage goes round.  One thread at a time.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "cvr/http.h"
#include "sandbox/envelope.h"
#include "sandbox/scenario.h"

namespace cvr::sandbox {

struct Fault {
  Action action = Action::kRespond;
  std::int64_t delay_ms = 0;
  std::optional<Answer> answer;  // kRespond without one: only the delay, the service answers
};

class Faults {
 public:
  // `scenario` must outlive it.
  explicit Faults(const Scenario& scenario);
  Fault next(const http::Request& request);

 private:
  const Forced* active_rule(const http::Request& request);
  Fault next_of_outage();
  const Scenario& scenario_;
  std::vector<std::int64_t> hits_;  // matching requests so far, by rule
  std::uint64_t refused_ = 0;
};

}  // namespace cvr::sandbox
