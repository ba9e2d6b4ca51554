// A diagnosis: facts, findings, verdict, and what to do first.  The one entry of the module.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "diagnose/change_points.h"
#include "diagnose/facts.h"
#include "diagnose/rules.h"
#include "diagnose/verdict.h"

namespace cvr::diagnose {

struct Input {
  std::uint64_t interactions = 0, gaps = 0;
  std::optional<std::int64_t> from_us, to_us;  // of the first and last call; nullopt: empty
};

struct FirstStep {
  std::string_view rule;
  std::string text;
};

// How a failing call compares with the last success of its operation.
struct BeforeAfter {
  const Call* before = nullptr;
  const Call* after = nullptr;
  Comparison comparison;
};

struct Diagnosis {
  std::unique_ptr<const Facts> facts;  // calls in findings point into it
  Findings findings;
  Verdict verdict;
  std::vector<ChangePoint> change_points;
  std::vector<BeforeAfter> comparisons;  // the first failing call of each operation, at most 50
  std::vector<FirstStep> first;          // best first
  Input after;
  std::optional<Input> before;

  bool has_failing_rule() const;
};

// The recordings, the profile and the account must outlive the diagnosis.
Diagnosis diagnose(const Recording& after, const Recording* before, const profiles::Profile& profile,
                   const Account* account);

}  // namespace cvr::diagnose
