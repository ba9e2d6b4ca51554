// The recording as a picture: one mark a call, placed by time, in a lane by outcome.  SVG without style or script of
// its own (the page's policy would not let them in); each mark has a title for who points at it.  Pure.
#pragma once

#include <string>

#include "bundle/evidence.h"

namespace cvr::bundle {

// Of both recordings, at most a few thousand calls; more are thinned out evenly, failures last.
std::string timeline_svg(const Evidence& evidence);

}  // namespace cvr::bundle
