#include "diagnose/finding.h"

namespace cvr::diagnose {
namespace {

Finding made(Outcome outcome, std::optional<bool> hit, std::string message, Calls calls, std::string next_step) {
  Finding out;
  out.outcome = outcome;
  out.hit = hit;
  out.message = std::move(message);
  out.calls = std::move(calls);
  out.next_step = std::move(next_step);
  return out;
}

}  // namespace

std::string_view to_string(Side side) {
  constexpr std::string_view kWords[] = {"client-code", "client-config", "credential", "account", "vendor-outage",
                                         "reset",       "network",       "rate-limit", "meta"};
  return kWords[static_cast<std::size_t>(side)];
}

std::string_view to_string(Outcome outcome) {
  constexpr std::string_view kWords[] = {"pass", "warn", "fail", "unknown", "not_applicable"};
  return kWords[static_cast<std::size_t>(outcome)];
}

Finding pass(std::string message, Calls calls) {
  return made(Outcome::kPass, false, std::move(message), std::move(calls), {});
}
Finding noted(std::string message, Calls calls) {
  return made(Outcome::kPass, true, std::move(message), std::move(calls), {});
}
Finding warn(std::string message, Calls calls, std::string next_step) {
  return made(Outcome::kWarn, true, std::move(message), std::move(calls), std::move(next_step));
}
Finding fault(std::string message, Calls calls, std::string next_step) {
  return made(Outcome::kFail, true, std::move(message), std::move(calls), std::move(next_step));
}
Finding unknown(std::string message, std::string next_step, Calls calls) {
  return made(Outcome::kUnknown, std::nullopt, std::move(message), std::move(calls), std::move(next_step));
}
Finding redacted_away(std::string message, std::string next_step, Calls calls) {
  Finding out = unknown(std::move(message), std::move(next_step), std::move(calls));
  out.redacted_away = true;
  return out;
}
Finding not_applicable(std::string message) {
  return made(Outcome::kNotApplicable, std::nullopt, std::move(message), {}, {});
}

}  // namespace cvr::diagnose
