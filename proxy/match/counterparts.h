// What of an asked request may stand in a report beside a recorded one.  A value whose counterpart was recorded as a
// pseudonym may be the secret itself, sent to somebody who does not know it for one (no --secrets).  Pure.
#pragma once

#include "cvr/interaction.h"

namespace cvr::match {

inline constexpr std::string_view kNotShown = "...";

// `asked` with segments of its path and values of its query left out where those of `recorded` hold a pseudonym; what
// is a pseudonym itself stays.  Segments count from either end.
RedactedRequest shown_beside(RedactedRequest asked, const RedactedRequest& recorded);

}  // namespace cvr::match
