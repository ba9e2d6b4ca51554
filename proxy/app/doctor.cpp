#include "app/doctor.h"

#include <algorithm>

#include "base/json_writer.h"

namespace cvr::app {
namespace {

std::string coloured(CheckState state, bool colour) {
  const std::string word(to_string(state));
  if (!colour) return word;
  const char* code = state == CheckState::kPass ? "32" : state == CheckState::kFail ? "31" : "33";
  return "\x1b[" + std::string(code) + "m" + word + "\x1b[0m";
}

std::size_t count(const CheckResults& results, CheckState state) {
  return static_cast<std::size_t>(
      std::count_if(results.begin(), results.end(), [&](const CheckResult& f) { return f.state == state; }));
}

}  // namespace

std::string_view to_string(CheckState state) {
  constexpr std::string_view kWords[] = {"PASS", "SKIP", "WARN", "FAIL"};
  return kWords[static_cast<std::size_t>(state)];
}

std::string doctor_text(const CheckResults& results, bool colour) {
  std::size_t width = 0;
  for (const CheckResult& result : results) width = std::max(width, result.check.size());
  std::string out;
  for (const CheckResult& result : results) {
    const std::string gap(width - result.check.size() + 2, ' ');
    out += coloured(result.state, colour) + "  " + result.check + gap + result.found + "\n";
    if (!result.mend.empty()) out += std::string(width + 8, ' ') + "-> " + result.mend + "\n";
  }
  const std::size_t failed = count(results, CheckState::kFail), warned = count(results, CheckState::kWarn);
  out += std::to_string(count(results, CheckState::kPass)) + " passed, " + std::to_string(warned) + " warnings, " +
         std::to_string(failed) + " failed\n";
  return out;
}

std::string doctor_json(const CheckResults& results) {
  json::Writer w;
  w.begin_object().member("ok", doctor_status(results) == 0).key("checks").begin_array();
  for (const CheckResult& result : results) {
    w.begin_object().member("check", result.check).member("state", to_string(result.state));
    w.member("found", result.found).member("mend", result.mend).end_object();
  }
  w.end_array().end_object();
  return w.take() + "\n";
}

int doctor_status(const CheckResults& results) { return count(results, CheckState::kFail) > 0 ? 1 : 0; }

}  // namespace cvr::app
