// Interactions as people read them: `ls` rows and `show` (the stable text of `cat` is canonical.h's).  Everything
// recorded is hostile: control characters are escaped.  Pure.
#pragma once

#include <string>

#include "cvr/interaction.h"

namespace cvr::exporters {

// A line of `cvr ls`, columns aligned: number, UTC time, method, status or failure, bytes, ms, url.
std::string listing_head();
// `loosened`: rules of [match] make its match looser; marked "~" / true.
std::string listing_row(std::uint64_t n, const RedactedInteraction& interaction, bool loosened = false);
std::string listing_json(std::uint64_t n, const RedactedInteraction& interaction, bool loosened = false);  // one line

struct ShowOptions {
  bool colour = false;
};
std::string show(std::uint64_t n, const RedactedInteraction& interaction, const ShowOptions& options);

}  // namespace cvr::exporters
