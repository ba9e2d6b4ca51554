// What cvr watch tells of each round, for people and for programs (one JSON object a line).  Pure.
#pragma once

#include <cstdint>
#include <string>

#include "probe/report_text.h"
#include "probe/watch.h"

namespace cvr::probe {

// The first round as a table, later ones by what changed.
std::string to_text(const Round& round, std::int64_t now_utc_us, TextOptions options);
// round, utc, next_seconds, back, never_granted, in_question, changes, report (as cvr probe --json prints it).
std::string to_json(const Round& round, std::int64_t now_utc_us, const profiles::Plan& plan);

}  // namespace cvr::probe
