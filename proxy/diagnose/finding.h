// What a rule says.  Values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cvr::diagnose {

struct Call;

enum class Side : std::uint8_t {
  kClientCode,
  kClientConfig,
  kCredential,
  kAccount,
  kVendorOutage,
  kReset,
  kNetwork,
  kRateLimit,
  kMeta
};
inline constexpr std::size_t kSideCount = 8;  // without meta
std::string_view to_string(Side side);        // client-code ...

enum class Outcome : std::uint8_t { kPass, kWarn, kFail, kUnknown, kNotApplicable };
std::string_view to_string(Outcome outcome);  // pass warn fail unknown not_applicable

struct Finding {
  std::string_view rule;
  Side side = Side::kMeta;
  Outcome outcome = Outcome::kUnknown;
  std::optional<bool> hit;  // nullopt: unknown or not applicable
  std::string message;
  std::vector<const Call*> calls;  // those it rests on
  std::string next_step;
  std::string reference;
  bool redacted_away = false;  // unknown since a field it needs was redacted

  bool is_hit() const { return hit.value_or(false); }
};

// The five answers a rule may give.  `calls`: what it rests on.
using Calls = std::vector<const Call*>;
Finding pass(std::string message, Calls calls = {});
Finding noted(std::string message, Calls calls);  // a hit that is good news: pass, hit
Finding warn(std::string message, Calls calls, std::string next_step);
Finding fault(std::string message, Calls calls, std::string next_step);
Finding unknown(std::string message, std::string next_step = {}, Calls calls = {});
Finding redacted_away(std::string message, std::string next_step, Calls calls = {});
Finding not_applicable(std::string message);

}  // namespace cvr::diagnose
