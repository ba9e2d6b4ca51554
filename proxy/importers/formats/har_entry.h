// An entry of a HAR as an Interaction, in all dialects.  Pure.
#pragma once

#include "cvr/importers.h"
#include "importers/message.h"

namespace cvr::importers {

// nullopt: it is skipped, and that is noted.  `file` gives bodies that stand beside the HAR.
std::optional<Interaction> interaction_of(const Node& entry, const Source& source, const Place& place);

}  // namespace cvr::importers
