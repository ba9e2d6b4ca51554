// A report for people (a table) and for programs (JSON).  Texts of the other end are made harmless.  Pure.
#pragma once

#include <string>

#include "probe/run.h"

namespace cvr::probe {

struct TextOptions {
  bool colour = false;
};

// step, expected, got, code, meaning; then how many were as expected, and why it stopped.
std::string to_text(const Report& report, TextOptions options);
std::string summary_line(const Report& report);

// One object: plan, base, passed, accepted, stopped, wait_seconds, steps.  Ends with a line break.
std::string to_json(const Report& report, const profiles::Plan& plan);

}  // namespace cvr::probe
