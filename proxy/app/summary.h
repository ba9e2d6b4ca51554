// What a run says at its end: text for people, JSON for scripts, and the exit status it means.
#pragma once

#include <string>

#include "engine/session.h"

namespace cvr::app {

// Several lines; the first of a replay reads "N hits, N misses, N unused" (CONTRACT).
std::string summary_text(const engine::Summary& summary, const std::string& cassette, bool strict);
// That a failed command's recording was discarded, and how to keep the next; empty: it was not.
std::string discard_text(const engine::Summary& summary, const std::string& cassette);
std::string summary_json(const engine::Summary& summary, const std::string& cassette);

// 0; 1 for a miss, or an unused interaction under `strict`; 3 when something was not recorded.
int summary_status(const engine::Summary& summary, bool strict);

}  // namespace cvr::app
