// What G04 and G05 share: one claim of refused tokens against that of the last token that worked, and of
// the last one that worked before the rebuild.
#pragma once

#include "diagnose/rules/support.h"

namespace cvr::diagnose {

Finding compare_claim(const Facts& facts, const std::string& claim, std::string_view meaning);

}  // namespace cvr::diagnose
