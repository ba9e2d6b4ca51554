// viewer.html: every cited interaction in one page without network: timeline, filter, search, request and answer,
// before and after side by side, findings.  Data stand as escaped text in an element; the script reads that.  Pure.
#pragma once

#include <string>

#include "bundle/evidence.h"

namespace cvr::bundle {

std::string viewer_html(const Evidence& evidence, const Cited& cited);

}  // namespace cvr::bundle
