// When access is back, for cvr watch.  What worked before must work again; an area that was never granted need not.
//
// With a recording of before (--before) that is what worked there, and what is refused beside it was never granted.
// Without one nothing tells what was never granted from what was lost: everything must work.  Where three rounds in a
// row miss nothing but permissions, which they are is told, so that somebody gives that recording. Pure.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "probe/run.h"

namespace cvr::probe {

// What worked once: steps of a probe by name, other calls as "GET /api/trips".
struct Baseline {
  bool known = false;
  std::set<std::string, std::less<>> steps, calls;

  void add(const RedactedParts& parts);
};

struct Recovery {
  bool back = false;
  std::vector<std::string> never_granted = {};  // "trips (403 NOT_AUTHORIZED)"; known when it is back
  std::vector<std::string> in_question = {};    // never granted, or lost: nothing says which
};

inline constexpr int kRoundsAlike = 3;

class Recoveries {
 public:
  Recoveries(const Task& task, Baseline before) : task_(task), worked_(std::move(before)) {}
  Recovery look(const Report& report);

 private:
  bool is_no_permission(const Row& row) const;
  bool has_worked(const Row& row) const;

  const Task& task_;
  Baseline worked_;
  std::vector<std::string> refused_;  // in the round before
  int alike_ = 0;
};

}  // namespace cvr::probe
