// The update for business partners: plain words, short sentences, no blame that is not established.  What no traffic
// can tell comes from case.toml; what is missing there is named, not invented.  Pure.
#pragma once

#include "bundle/document.h"
#include "bundle/evidence.h"

namespace cvr::bundle {

Document partner_report(const Evidence& evidence);

}  // namespace cvr::bundle
