// What the answer of a step means, in words for the table.  A hint for people; `cvr diagnose` judges.  Pure.
#pragma once

#include <string>

#include "probe/run.h"

namespace cvr::probe {

std::string meaning_of(const profiles::PlanStep& step, const Answer& answer, bool as_expected,
                       const profiles::Diagnosis& vendor);

}  // namespace cvr::probe
