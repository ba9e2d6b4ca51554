// What `cvr doctor` finds, and how it is told.  Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cvr::app {

enum class CheckState : std::uint8_t { kPass, kSkip, kWarn, kFail };
std::string_view to_string(CheckState state);  // "PASS", "SKIP", "WARN", "FAIL"

// One line.  Texts hold no value of a variable or file that may be a secret; what is foreign is printable.
struct CheckResult {
  std::string check;  // "port", "client curl"
  CheckState state = CheckState::kPass;
  std::string found;
  std::string mend = {};  // what to type or change; empty where `found` says it or nothing is wrong
};
using CheckResults = std::vector<CheckResult>;

std::string doctor_text(const CheckResults& results, bool colour);

// {"ok": true, "checks": [{"check", "state", "found", "mend"}]}
std::string doctor_json(const CheckResults& results);

// 1 when something fails; warnings are none.
int doctor_status(const CheckResults& results);

}  // namespace cvr::app
