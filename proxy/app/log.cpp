#include "app/log.h"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include "base/escape.h"
#include "base/json_writer.h"
#include "os/terminal.h"

namespace cvr::app {
namespace {

bool as_json = false;

spdlog::level::level_enum level_of(Level level) {
  switch (level) {
    case Level::kWarn:
      return spdlog::level::warn;
    case Level::kInfo:
      return spdlog::level::info;
    case Level::kDebug:
      return spdlog::level::debug;
    case Level::kTrace:
      return spdlog::level::trace;
  }
  return spdlog::level::info;
}

}  // namespace

void set_up_log(int verbosity, bool json) {
  const auto colour = os::wants_colour(STDERR_FILENO) ? spdlog::color_mode::automatic : spdlog::color_mode::never;
  auto logger = spdlog::stderr_color_mt("cvr", colour);
  spdlog::set_default_logger(logger);
  logger->set_pattern(json ? "%v" : "cvr: %^%l%$: %v");
  constexpr spdlog::level::level_enum kLevels[] = {spdlog::level::err, spdlog::level::warn, spdlog::level::info,
                                                   spdlog::level::debug, spdlog::level::trace};
  const int index = verbosity < -1 ? 0 : verbosity > 3 ? 4 : verbosity + 1;
  logger->set_level(kLevels[index]);
  as_json = json;
}

bool is_logged(Level level) { return spdlog::should_log(level_of(level)); }

void log(Level level, const std::string& text) {
  const auto at = level_of(level);
  if (!spdlog::should_log(at)) return;
  if (!as_json) {
    spdlog::log(at, "{}", printable(text));
    return;
  }
  const auto name = spdlog::level::to_string_view(at);
  json::Writer w;
  w.begin_object().member("level", std::string_view(name.data(), name.size())).member("message", text).end_object();
  spdlog::log(at, "{}", w.text());
}

}  // namespace cvr::app
