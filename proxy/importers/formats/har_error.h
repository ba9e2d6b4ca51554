// What a HAR's "_error" says of a call that failed: Chromium's net errors, Firefox's, Node's, and what cvr export
// wrote.  Pure.
#pragma once

#include <optional>
#include <string_view>

#include "cvr/interaction.h"

namespace cvr::importers {

// nullopt: a reason that is not known.
std::optional<Failure> failure_of_text(std::string_view text);

}  // namespace cvr::importers
