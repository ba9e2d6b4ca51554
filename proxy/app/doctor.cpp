#include "app/doctor.h"

#include <algorithm>

#include "base/json_writer.h"

namespace cvr::app {
namespace {

std::string coloured(Health health, bool colour) {
  const std::string word(to_string(health));
  if (!colour) return word;
  const char* code = health == Health::kPass ? "32" : health == Health::kFail ? "31" : "33";
  return "\x1b[" + std::string(code) + "m" + word + "\x1b[0m";
}

std::size_t count(const Findings& findings, Health health) {
  return static_cast<std::size_t>(
      std::count_if(findings.begin(), findings.end(), [&](const Finding& f) { return f.health == health; }));
}

}  // namespace

std::string_view to_string(Health health) {
  constexpr std::string_view kWords[] = {"PASS", "SKIP", "WARN", "FAIL"};
  return kWords[static_cast<std::size_t>(health)];
}

std::string doctor_text(const Findings& findings, bool colour) {
  std::size_t width = 0;
  for (const Finding& finding : findings) width = std::max(width, finding.check.size());
  std::string out;
  for (const Finding& finding : findings) {
    const std::string gap(width - finding.check.size() + 2, ' ');
    out += coloured(finding.health, colour) + "  " + finding.check + gap + finding.found + "\n";
    if (!finding.mend.empty()) out += std::string(width + 8, ' ') + "-> " + finding.mend + "\n";
  }
  const std::size_t failed = count(findings, Health::kFail), warned = count(findings, Health::kWarn);
  out += std::to_string(count(findings, Health::kPass)) + " passed, " + std::to_string(warned) + " warnings, " +
         std::to_string(failed) + " failed\n";
  return out;
}

std::string doctor_json(const Findings& findings) {
  json::Writer w;
  w.begin_object().member("ok", doctor_status(findings) == 0).key("checks").begin_array();
  for (const Finding& finding : findings) {
    w.begin_object().member("check", finding.check).member("health", to_string(finding.health));
    w.member("found", finding.found).member("mend", finding.mend).end_object();
  }
  w.end_array().end_object();
  return w.take() + "\n";
}

int doctor_status(const Findings& findings) { return count(findings, Health::kFail) > 0 ? 1 : 0; }

}  // namespace cvr::app
