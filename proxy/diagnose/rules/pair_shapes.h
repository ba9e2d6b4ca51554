// What C01, C02 and C03 share of credentials that stand beside that of Authorization, in headers of their own: what
// the redactor saw of their form (model/credential_notes.h).  Pure.
#pragma once

#include <string>

#include "diagnose/facts.h"

namespace cvr::diagnose {

struct PairProblem {
  std::string header, what;
};

// "a space around the value" of `header`, whatever its case.
bool is_padded(const Call& call, std::string_view header);
// How the value is written: quotes, spaces, a scheme in front.  Empty: well.
PairProblem form_problem(const Call& call, const profiles::Diagnosis& vendor);
// What it is made of: no UUID, braces, a word that stands for no value.
PairProblem shape_problem(const Call& call);

}  // namespace cvr::diagnose
