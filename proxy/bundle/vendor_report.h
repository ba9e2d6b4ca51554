// The report for the vendor's support desk: what fails, with request ids; how each way to authenticate fares; what
// was ruled out, with the interactions that show it; numbered questions.  Pure.
#pragma once

#include "bundle/document.h"
#include "bundle/evidence.h"

namespace cvr::bundle {

Document vendor_report(const Evidence& evidence);

}  // namespace cvr::bundle
