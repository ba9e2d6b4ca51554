// What `cvr doctor` finds, and how it is told.  Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cvr::app {

enum class Health : std::uint8_t { kPass, kSkip, kWarn, kFail };
std::string_view to_string(Health health);  // "PASS", "SKIP", "WARN", "FAIL"

// One line.  Texts hold no value of a variable or file that may be a secret; what is foreign is printable.
struct Finding {
  std::string check;  // "port", "client curl"
  Health health = Health::kPass;
  std::string found;
  std::string mend = {};  // what to type or change; empty where `found` says it or nothing is wrong
};
using Findings = std::vector<Finding>;

std::string doctor_text(const Findings& findings, bool colour);

// {"ok": true, "checks": [{"check", "health", "found", "mend"}]}
std::string doctor_json(const Findings& findings);

// 1 when something fails; warnings are none.
int doctor_status(const Findings& findings);

}  // namespace cvr::app
