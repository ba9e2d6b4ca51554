// What C12 and G09 share: clients that CVR did not hear, so that no call is on record (cassette::Refusal).
#pragma once

#include "diagnose/facts.h"

namespace cvr::diagnose {

using Refusals = std::vector<const cassette::Refusal*>;

// Those of one kind whose host is known, or is not.
enum class Host : std::uint8_t { kKnown, kUnknown };
Refusals refusals_of(const Facts& facts, std::string_view kind, Host host);

// "3 messages (2026-03-16T09:00:00Z: a line ends in LF without CR)": how many, and the first.
std::string told(const Refusals& refusals, std::string_view word);

}  // namespace cvr::diagnose
