// Logging, set up once by the program; core modules never log.  Texts are payload-free: a header
// value or a body has no way in here.
#pragma once

#include <string>

namespace cvr::app {

enum class Level : int { kWarn = 0, kInfo = 1, kDebug = 2, kTrace = 3 };

// `verbosity`: -1 errors only, 0 warnings, 1 info, 2 debug, 3 trace.  To stderr; `json`: a line of
// JSON each.
void set_up_log(int verbosity, bool json);
bool is_logged(Level level);
void log(Level level, const std::string& text);

}  // namespace cvr::app
