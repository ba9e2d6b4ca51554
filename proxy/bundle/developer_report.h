// The report for developers: every rule with what it rests on, the differences, the timeline as a picture.  Pure.
#pragma once

#include <string>

#include "bundle/evidence.h"

namespace cvr::bundle {

std::string developer_html(const Evidence& evidence);

}  // namespace cvr::bundle
