// The one table of diagnosis rules, in the order of EVIDENCE.  A rule is one file of rules/ and one line of
// rules.cpp.  Rules are pure functions of the facts; the meta rules and A03 also read what was found before.
#pragma once

#include <string_view>
#include <vector>

#include "diagnose/facts.h"
#include "diagnose/finding.h"

namespace cvr::diagnose {

using Findings = std::vector<Finding>;

struct Rule {
  std::string_view id;
  Side side;
  Finding (*check)(const Facts& facts, const Findings& before);
  std::string_view title;      // the signal, in a few words
  std::string_view reference;  // where it comes from
};
const std::vector<Rule>& rules();

// Every rule once, in the order of the table.
Findings run_rules(const Facts& facts);

// Nullptr when the rule has not run yet.
const Finding* find(const Findings& findings, std::string_view rule);
bool is_hit(const Findings& findings, std::string_view rule);
// Of the client's side: its rules are named C and G.
bool is_client_rule(std::string_view rule);
bool has_failing_client_rule(const Findings& findings);

}  // namespace cvr::diagnose
