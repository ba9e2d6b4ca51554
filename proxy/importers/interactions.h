// What VCR, vcrpy and Betamax have in common: {"request": {...}, "response": {...}} with bodies as text, as
// {"string": ...} or as {"base64_string": ...}, and headers with one value or a list.  Pure.
#pragma once

#include "cvr/importers.h"
#include "importers/message.h"

namespace cvr::importers {

// Which of the family; they differ in details.
enum class Family : std::uint8_t { kVcrpy, kVcr, kBetamax };

// nullopt: it is skipped, and that is noted.
std::optional<Interaction> recorded_interaction(const Node& recorded, Family family, const Place& place);

// The list `name` of a cassette, YAML or JSON by its first character.
Result<void> read_recorded(const Source& source, std::string_view name, Family family, const Taker& take,
                           Losses& losses);

}  // namespace cvr::importers
